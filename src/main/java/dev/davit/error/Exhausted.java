package dev.davit.error;

/// The machine has no memory or no thread left for what was asked: nothing of it was done, and it
/// can be tried again.
public final class Exhausted extends DavitException {
  private static final long serialVersionUID = 1L;

  private Exhausted(OutOfMemoryError cause) {
    super(
        Kind.UNAVAILABLE,
        "the engine gets no more from this machine: " + cause.getMessage(),
        "look for who has its memory and processes (ps, pids.max of the engine's cgroup), and try"
            + " again",
        cause);
  }

  /// What a JVM without memory or threads means to who asked.
  public static Exhausted of(OutOfMemoryError cause) {
    return new Exhausted(cause);
  }
}
