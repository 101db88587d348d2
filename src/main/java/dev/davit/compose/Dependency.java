package dev.davit.compose;

/// What one service needs of another before it starts.
///
/// @param restart whether it restarts when the other is restarted or replaced
/// @param required whether it is an error when the other is not there
public record Dependency(Condition condition, boolean restart, boolean required) {
  public enum Condition {
    SERVICE_STARTED,
    SERVICE_HEALTHY,
    SERVICE_COMPLETED_SUCCESSFULLY
  }
}
