package dev.davit.engine;

/// When a container that has ended is started again.
///
/// @param maxRetries with [Name#ON_FAILURE] how often in a row; 0 is without end
public record RestartPolicy(Name name, int maxRetries) {
  public static final RestartPolicy NEVER = new RestartPolicy(Name.NO, 0);
  public static final RestartPolicy ALWAYS = new RestartPolicy(Name.ALWAYS, 0);
  public static final RestartPolicy UNLESS_STOPPED = new RestartPolicy(Name.UNLESS_STOPPED, 0);

  public static RestartPolicy onFailure(int maxRetries) {
    return new RestartPolicy(Name.ON_FAILURE, maxRetries);
  }

  public enum Name {
    NO,
    ALWAYS,
    UNLESS_STOPPED,
    ON_FAILURE
  }
}
