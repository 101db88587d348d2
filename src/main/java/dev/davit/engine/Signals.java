package dev.davit.engine;

import static java.util.Map.entry;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Locale;
import java.util.Map;

/// signal(7): numbers by name, the same on x86-64 and aarch64.
final class Signals {
  static final int KILL = 9;
  static final int TERM = 15;

  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          entry("HUP", 1),
          entry("INT", 2),
          entry("QUIT", 3),
          entry("ILL", 4),
          entry("TRAP", 5),
          entry("ABRT", 6),
          entry("BUS", 7),
          entry("FPE", 8),
          entry("KILL", 9),
          entry("USR1", 10),
          entry("SEGV", 11),
          entry("USR2", 12),
          entry("PIPE", 13),
          entry("ALRM", 14),
          entry("TERM", 15),
          entry("STKFLT", 16),
          entry("CHLD", 17),
          entry("CONT", 18),
          entry("STOP", 19),
          entry("TSTP", 20),
          entry("TTIN", 21),
          entry("TTOU", 22),
          entry("URG", 23),
          entry("XCPU", 24),
          entry("XFSZ", 25),
          entry("VTALRM", 26),
          entry("PROF", 27),
          entry("WINCH", 28),
          entry("IO", 29),
          entry("POLL", 29),
          entry("PWR", 30),
          entry("SYS", 31),
          entry("RTMIN", 34),
          entry("RTMAX", 64));

  private Signals() {}

  /// The number of `SIGTERM`, `term`, `15`, `RTMIN+3` or `RTMAX-1`; anything else is INVALID.
  static int parse(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    name = name.startsWith("SIG") ? name.substring(3) : name;
    int number = 0;
    if (name.matches("\\d{1,2}")) {
      number = Integer.parseInt(name);
    } else if (name.matches("RTMIN\\+\\d{1,2}")) {
      number = 34 + Integer.parseInt(name.substring(6));
    } else if (name.matches("RTMAX-\\d{1,2}")) {
      number = 64 - Integer.parseInt(name.substring(6));
    } else {
      number = NUMBERS.getOrDefault(name, 0);
    }
    if (number < 1 || number > 64) {
      throw new DavitException(
          Kind.INVALID,
          "signal \"" + text + "\" does not exist",
          "write a name as SIGTERM or a number to 64");
    }
    return number;
  }
}
