package dev.davit.cli;

import java.util.List;

/// Names that an argument can take, asked for when Tab is pressed. A command names its completions
/// by `@Command(completionProvider = "services")`.
@FunctionalInterface
public interface Completions {
  Completions NONE = _ -> List.of();

  /// The possible names; an empty list where none can be found, never an exception.
  List<String> names(Session session);

  /// As [#names(Session)], where it matters what stands before.
  ///
  /// @param arguments the command's arguments before this one
  default List<String> names(Session session, List<String> arguments) {
    return names(session);
  }

  /// Whether a path of the host is fit as the next argument.
  default boolean takesPath(List<String> arguments) {
    return false;
  }

  /// Completions where the next argument may be a path of the host too.
  static Completions orPath(Completions names) {
    return new Completions() {
      @Override
      public List<String> names(Session session) {
        return names.names(session);
      }

      @Override
      public boolean takesPath(List<String> arguments) {
        return true;
      }
    };
  }
}
