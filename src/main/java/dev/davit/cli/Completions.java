package dev.davit.cli;

import java.util.List;

/// Names that an argument can take, asked for when Tab is pressed. A command names its completions
/// by `@Command(completionProvider = "services")`.
@FunctionalInterface
public interface Completions {
  /// The possible names; an empty list where none can be found, never an exception.
  List<String> names(Session session);
}
