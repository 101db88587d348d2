package dev.davit.cli.copy;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import org.jspecify.annotations.Nullable;

/// Where a copy goes and what it is called there, as docker decides it from two paths and from what
/// is at their ends; pure.
///
/// @param directory that the copy is put into
/// @param name in that directory; empty for the content of a directory alone
record Route(String directory, String name) {
  /// What is at the end of a path.
  enum Present {
    NOTHING,
    DIRECTORY,
    OTHER
  }

  /// @param destination as it was given
  /// @param real where that is without symbolic links, if something is there
  static Route of(
      String source, boolean directory, String destination, Present there, @Nullable String real) {
    boolean content = source.endsWith("/.") || source.equals(".");
    return switch (there) {
      case DIRECTORY -> new Route(or(real, destination), content ? "" : base(source));
      case OTHER -> {
        if (directory) {
          throw new DavitException(
              Kind.CONFLICT,
              "cannot copy a directory onto \"%s\", which is none".formatted(destination),
              "name a directory, or a place where nothing is");
        }
        yield new Route(parent(or(real, destination)), base(or(real, destination)));
      }
      case NOTHING -> {
        if (!directory && destination.endsWith("/")) {
          throw new DavitException(
              Kind.NOT_FOUND,
              "directory \"%s\" does not exist".formatted(destination),
              "create it first, or leave the slash out");
        }
        yield new Route(parent(destination), base(destination));
      }
    };
  }

  private static String or(@Nullable String real, String given) {
    return real == null ? given : real;
  }

  /// The last name of a path, empty for the root.
  static String base(String path) {
    String clean = stripped(path);
    return clean.substring(clean.lastIndexOf('/') + 1);
  }

  private static String parent(String path) {
    String clean = stripped(path);
    int slash = clean.lastIndexOf('/');
    return slash < 0 ? "." : clean.substring(0, slash + 1);
  }

  private static String stripped(String path) {
    String clean = path;
    while (clean.endsWith("/") || clean.endsWith("/.")) {
      clean = clean.substring(0, clean.lastIndexOf('/'));
    }
    return clean;
  }
}
