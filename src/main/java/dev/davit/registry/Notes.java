package dev.davit.registry;

/// Hears what is to be known of registries besides what they were asked for. Called by many
/// threads.
@FunctionalInterface
public interface Notes {
  /// Something went another way, such as past a mirror that did not answer.
  void say(String text);

  /// How many pulls a registry still gives; changes with each.
  default void limit(String domain, String text) {
    say(domain + ": " + text);
  }
}
