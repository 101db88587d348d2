package dev.davit.compose.load;

import dev.davit.compose.text.Dotenv;
import dev.davit.compose.text.RawLines;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Source;
import java.nio.file.Path;
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
  ///
  /// @param outer what wins over the variables of the file
  /// @param earlier what the files before it have given
  Map<String, String> read(Named named, Dotenv.Lookup outer, Dotenv.Lookup earlier) {
    Path file = file(named);
    try {
      Optional<String> text = context.sources().text(file);
      if (text.isPresent()) {
        return parse(named, text.get(), outer, earlier);
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

  private Map<String, String> parse(
      Named named, String text, Dotenv.Lookup outer, Dotenv.Lookup earlier) {
    String name = context.sources().name(file(named));
    context.problems().addFile(name, text);
    try {
      return named.raw() ? RawLines.parse(text, outer) : Dotenv.parse(text, outer, earlier);
    } catch (Dotenv.LineException e) {
      context
          .problems()
          .error(e.in(Source.of(name)), named.path(), e.what())
          .note("named here", named.place());
    }
    return Map.of();
  }
}
