package dev.davit.linux;

/// How a process ended.
///
/// @param code what it gave to exit(2), 0 if a signal ended it
/// @param signal the signal that ended it, or 0
public record ExitStatus(int code, int signal) {
  /// As a shell tells it: the code, or 128 plus the signal.
  public int shellCode() {
    return signal == 0 ? code : 128 + signal;
  }
}
