package dev.davit.compose;

/// What happens when a container exits by itself.
///
/// @param maxRetries only for [Condition#ON_FAILURE]; 0 means without end
public record RestartPolicy(Condition condition, int maxRetries) {
  public static final RestartPolicy NO = new RestartPolicy(Condition.NO, 0);

  public enum Condition {
    NO,
    ALWAYS,
    UNLESS_STOPPED,
    ON_FAILURE
  }
}
