package dev.davit.client;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The client's terminal. What needs stty(1) is done on demand only: it costs some milliseconds.
final class Tty {
  private final int ttys;
  private String saved = "";
  private int mode = Frame.LINES;
  private boolean lent;

  Tty() {
    int found = 0;
    for (int fd = 0; fd <= 2; fd++) {
      found |= isTty(fd) ? 1 << fd : 0;
    }
    ttys = found;
  }

  /// Bit n is set where descriptor n is a terminal.
  int bits() {
    return ttys;
  }

  private static boolean isTty(int fd) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException closed) {
      return false;
    }
  }

  /// Columns and rows; 80 and 24 where they cannot be found out.
  int[] size() {
    String[] words = stty("size").split(" ", -1);
    try {
      int rows = Integer.parseInt(words[0]);
      int columns = Integer.parseInt(words[1]);
      if (rows > 0 && columns > 0) {
        return new int[] {columns, rows};
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      // No terminal, or one without a size.
    }
    return new int[] {80, 24};
  }

  /// One of the modes of [Frame#MODE].
  synchronized void mode(int wanted) {
    if ((ttys & 1) == 0 || wanted == mode) {
      return;
    }
    if (mode == Frame.LINES) {
      saved = stty("-g");
    } else {
      stty(saved);
    }
    mode = wanted;
    switch (wanted) {
      case Frame.BYTES -> stty("raw", "-echo");
      case Frame.KEYS -> stty("-icanon", "-echo", "min", "1", "time", "0");
      default -> saved = "";
    }
  }

  /// Whether it shows what is typed.
  synchronized boolean echoes() {
    return (ttys & 1) != 0 && mode == Frame.LINES;
  }

  /// Leaves the terminal to another program, as it was before; returns the mode it had.
  synchronized int lend() {
    int before = mode;
    mode(Frame.LINES);
    lent = true;
    return before;
  }

  synchronized void takeBack(int before) {
    lent = false;
    mode(before);
  }

  synchronized boolean isLent() {
    return lent;
  }

  private String stty(String... arguments) {
    var command = new ArrayList<>(List.of("stty"));
    if ((ttys & 1) == 0) {
      command.addAll(List.of("-F", "/dev/tty"));
    }
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(
                  (ttys & 1) == 0
                      ? ProcessBuilder.Redirect.from(new File("/dev/null"))
                      : ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      process.waitFor();
      return printed;
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
