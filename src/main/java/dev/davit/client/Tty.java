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

  /// Raw: each byte as typed, no echo, no signals. Not raw: as it was before.
  synchronized void raw(boolean on) {
    if (on && saved.isEmpty() && (ttys & 1) != 0) {
      saved = stty("-g");
      stty("raw", "-echo");
    } else if (!on && !saved.isEmpty()) {
      stty(saved);
      saved = "";
    }
  }

  /// Leaves the terminal to another program, as it was before; returns whether it was raw.
  synchronized boolean lend() {
    boolean raw = !saved.isEmpty();
    raw(false);
    lent = true;
    return raw;
  }

  synchronized void takeBack(boolean raw) {
    lent = false;
    raw(raw);
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
