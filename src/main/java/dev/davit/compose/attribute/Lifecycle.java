package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.DURATION;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.STRINGS;
import static dev.davit.compose.attribute.Forms.cast;
import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.checkedOrEmpty;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.tree.Scalar;
import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.util.List;
import java.util.regex.Pattern;

/// When containers run, how many, and how they end.
final class Lifecycle {
  private static final List<String> SIGNALS =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "IOT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CLD", "CONT", "STOP", "TSTP", "TTIN",
          "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "POLL", "PWR", "SYS");

  /// How many containers a service has.
  static final Form COUNT = cast("a whole number", Scalar.Type.INTEGER, Lifecycle::count);

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("attach", FLAG),
          attribute("profiles", STRINGS.unique()).unhashed(),
          attribute("restart", checked("a restart policy", Lifecycle::restart)),
          attribute("scale", COUNT).unhashed(),
          attribute("stop_grace_period", DURATION),
          attribute("stop_signal", checkedOrEmpty("a signal", Lifecycle::signal)));

  private static final Pattern RESTART =
      Pattern.compile("|no|always|unless-stopped|on-failure(:\\d{1,9})?");

  private Lifecycle() {}

  private static String count(String text) {
    long count = Numbers.whole(text);
    if (count < 0 || count > 10_000) {
      throw MalformedException.invalid(Code.OUT_OF_RANGE, "number of containers", text, null);
    }
    return "" + count;
  }

  private static void restart(String text) {
    if (!RESTART.matcher(text).matches()) {
      throw MalformedException.invalid(
          Code.INVALID_POLICY,
          "restart policy",
          text,
          "write no, always, unless-stopped, on-failure or on-failure:N");
    }
  }

  /// signal(7), with or without `SIG`, or a number.
  private static void signal(String text) {
    String name = text.replaceFirst("^SIG", "");
    boolean number = name.matches("RTM(IN|AX)([+-]\\d{1,2})?|[1-9]|[1-5]\\d|6[0-4]");
    if (!number && !SIGNALS.contains(name)) {
      throw MalformedException.invalid(
          Code.UNKNOWN_WORD, "signal", text, Suggestion.of(name, SIGNALS));
    }
  }
}
