package dev.davit.compose.load;

import dev.davit.compose.text.Dotenv;
import dev.davit.compose.text.RawLines;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Source;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the files of `KEY=value` lines that services name.
record ValueFiles(Context context) {

  /// One file as a service names it.
  ///
  /// @param path of the node that names it
  /// @param required whether it is an error when it is not there
  record Named(String file, TreePath path, Place place, boolean required, boolean raw) {}

  /// The values of a file, none if it is not there.
  Map<String, Scalar> read(Named named, Dotenv.Lookup lookup) {
    Path file = file(named);
    try {
      Optional<String> text = context.sources().text(file);
      if (text.isPresent()) {
        return parse(named, text.get(), lookup);
      }
      if (named.required()) {
        String message = "file \"" + context.sources().name(file) + "\" not found";
        String near = context.sources().near(file);
        error(
            Code.MISSING_ENV_FILE,
            named,
            message,
            near == null ? "create it, or remove the line" : near);
      }
    } catch (UnreadableFileException e) {
      error(Code.UNREADABLE_FILE, named, e.text(), null);
    }
    return Map.of();
  }

  private Path file(Named named) {
    return context.directory().resolve(named.file());
  }

  private void error(Code code, Named named, String message, @Nullable String help) {
    context.problems().error(code, named.place(), named.path(), message, help);
  }

  private Map<String, Scalar> parse(Named named, String text, Dotenv.Lookup lookup) {
    Source source = Source.of(context.sources().name(file(named)));
    context.problems().addFile(source.name(), text);
    Dotenv.Lookup telling = telling(named, source, lookup);
    var values = new LinkedHashMap<String, Scalar>();
    try {
      (named.raw() ? RawLines.parse(text, telling) : Dotenv.parse(text, telling))
          .forEach((key, it) -> values.put(key, Scalar.text(it.text(), it.span().in(source))));
    } catch (Dotenv.LineException e) {
      context
          .problems()
          .error(e.in(source), named.path(), e.what())
          .note("named here", named.place());
    }
    return values;
  }

  private Dotenv.Lookup telling(Named named, Source source, Dotenv.Lookup lookup) {
    return new Dotenv.Lookup() {
      @Override
      public @Nullable String get(String name) {
        return lookup.get(name);
      }

      @Override
      public @Nullable String earlier(String name) {
        return lookup.earlier(name);
      }

      @Override
      public void unset(String name, Dotenv.Span mention, String value) {
        context.unset().add(name, mention.in(source), named.path(), value);
      }
    };
  }
}
