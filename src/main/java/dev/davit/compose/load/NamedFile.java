package dev.davit.compose.load;

import dev.davit.compose.text.RemoteName;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Source;
import dev.davit.error.Source.Via;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file that the document names at which a load is.
///
/// @param path of the node that names it
/// @param file absolute
record NamedFile(Scalar name, TreePath path, Context context, Path file) {

  /// The files that a name stands for: one, or those of a project in a registry, or none where a
  /// problem was found.
  static List<NamedFile> of(Scalar name, TreePath path, Context context) {
    var local = new NamedFile(name, path, context, Paths.of(context).resolve(name.text()));
    if (!RemoteName.matches(name.text())) {
      return List.of(local);
    }
    if (!RemoteName.isArtifact(name.text())) {
      String message = "remote file \"" + name.text() + "\" is not supported yet";
      local.problem(Code.NOT_SUPPORTED, message, "copy it, and write the path of the copy");
      return List.of();
    }
    try {
      return context.sources().fetched(name.text()).stream()
          .map(file -> new NamedFile(name, path, context, file))
          .toList();
    } catch (DavitException e) {
      String message = String.valueOf(e.getMessage());
      local.problem(Code.UNREADABLE_FILE, message, e.action().orElse(null));
      return List.of();
    }
  }

  /// What places in it carry.
  ///
  /// @param how it is reached from here
  Source source(String how) {
    return Source.of(context.sources().name(file), new Via(how, name.place()));
  }

  /// Its text; that it cannot be read is a problem where it is named.
  Optional<String> text() {
    try {
      Optional<String> text = context.sources().text(file);
      String message = "file \"" + context.sources().name(file) + "\" not found";
      return text.isPresent() ? text : problem(Code.MISSING_FILE, message, help());
    } catch (UnreadableFileException e) {
      return problem(Code.UNREADABLE_FILE, e.text(), null);
    }
  }

  private String help() {
    String near = context.sources().near(file);
    String directory = context.sources().name(context.directory());
    return near == null ? "its path is relative to the directory \"" + directory + "\"" : near;
  }

  private Optional<String> problem(Code code, String message, @Nullable String help) {
    context.problems().error(code, name.place(), path, message, help);
    return Optional.empty();
  }
}
