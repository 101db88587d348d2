package dev.davit.linux;

import java.nio.file.Path;

/// An open file descriptor of this process and what it stands for.
///
/// @param number the descriptor, or [#PLACEHOLDER] in a program that is only printed
/// @param name how it reads in a trace: a path or a short word
public record Fd(int number, String name) implements AutoCloseable {
  /// The number of a descriptor that does not exist (yet).
  public static final int PLACEHOLDER = -1;

  /// Directory argument of the `*at` calls: the current directory.
  public static final int AT_FDCWD = -100;

  /// A descriptor to be printed, never used.
  public static Fd placeholder(String name) {
    return new Fd(PLACEHOLDER, name);
  }

  /// The magic link through which path-taking calls of this process reach the open file.
  public Path magicLink() {
    return Path.of("/proc/self/fd/" + number);
  }

  /// Closes it; an error of close(2) is not reported (the descriptor is gone in any case).
  @Override
  public void close() {
    if (number >= 0) {
      Kernel.tryCall(Syscall.CLOSE, number);
    }
  }

  /// As strace -y prints it: `7</run/davit/netns/web>`.
  @Override
  public String toString() {
    return (number == PLACEHOLDER ? "fd" : Integer.toString(number)) + "<" + name + ">";
  }
}
