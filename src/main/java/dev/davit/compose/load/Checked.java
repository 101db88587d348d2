package dev.davit.compose.load;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.text.PortText;
import dev.davit.compose.text.Suggestion;
import dev.davit.error.Code;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Rules for the text of single attributes; what breaks one throws [MalformedException].
final class Checked {
  static final String[] PROPAGATIONS = {
    "rprivate", "private", "rshared", "shared", "rslave", "slave"
  };

  private static final Pattern HOSTNAME =
      Pattern.compile("[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?(\\.[a-zA-Z0-9_-]{1,63})*");

  private static final List<String> SIGNALS =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "IOT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CLD", "CONT", "STOP", "TSTP", "TTIN",
          "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "POLL", "PWR", "SYS");

  private Checked() {}

  static String port(String text) {
    PortText.parse(text);
    return text;
  }

  static String singlePort(String text) {
    return "" + Numbers.whole(PortText.range(text).toString());
  }

  static String portRange(String text) {
    return text.isEmpty() ? "" : PortText.range(text).toString();
  }

  static String expose(String text) {
    String[] parts = text.split("/", 2);
    PortText.range(parts[0]);
    if (parts.length == 2) {
      PortText.protocol(parts[1]);
    }
    return text;
  }

  static String count(String text) {
    long count = Numbers.whole(text);
    require(Code.OUT_OF_RANGE, count >= 0 && count <= 10_000, "number of containers", text, null);
    return "" + count;
  }

  static String oomScore(String text) {
    long score = Numbers.whole(text);
    require(
        Code.OUT_OF_RANGE,
        Math.abs(score) <= 1000,
        "score",
        text,
        "write a number from -1000 to 1000");
    return "" + score;
  }

  static void mac(String text) {
    String help = "write six pairs of hexadecimal digits, such as 02:42:ac:11:00:02";
    require(
        Code.INVALID_ADDRESS,
        text.matches("([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}"),
        "MAC address",
        text,
        help);
  }

  /// netdevice(7): IFNAMSIZ is 16 with the final zero.
  static void interfaceName(String text) {
    require(
        Code.INVALID_NAME,
        text.matches("[^/\\s:]{1,15}"),
        "interface name",
        text,
        "use up to 15 characters");
  }

  static void containerName(String text) {
    String help = "use letters, digits, _ . - and begin with a letter or digit";
    require(
        Code.INVALID_NAME,
        text.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+"),
        "container name",
        text,
        help);
  }

  static void hostname(String text) {
    String help = "use letters, digits and hyphens";
    require(
        Code.INVALID_NAME,
        text.length() <= 253 && HOSTNAME.matcher(text).matches(),
        "host name",
        text,
        help);
  }

  static void cpuset(String text) {
    String help = "write numbers and ranges, such as 0-2,5";
    require(
        Code.INVALID_NUMBER,
        text.matches("\\d+(-\\d+)?(,\\d+(-\\d+)?)*"),
        "list of cpus",
        text,
        help);
  }

  static void absolute(String text) {
    require(
        Code.INVALID_MOUNT,
        text.startsWith("/"),
        "path",
        text,
        "begin the path inside the container with /");
  }

  static void mountType(String text) {
    if (List.of("cluster", "image", "npipe").contains(text)) {
      throw notYet("mount type", text);
    }
    List<String> types = List.of("bind", "tmpfs", "volume");
    String help = Suggestion.of(text, types);
    require(
        Code.UNKNOWN_WORD,
        types.contains(text),
        "mount type",
        text,
        help == null ? "bind, volume, tmpfs" : help);
  }

  static void restart(String text) {
    String help = "write no, always, unless-stopped, on-failure or on-failure:N";
    boolean valid = text.matches("|no|always|unless-stopped|on-failure(:\\d{1,9})?");
    require(Code.INVALID_POLICY, valid, "restart policy", text, help);
  }

  static void pullPolicy(String text) {
    String words = "always|never|build|if_not_present|missing|refresh|daily|weekly";
    boolean valid = text.matches(words + "|every_(\\d+[wdhms])+");
    require(
        Code.INVALID_POLICY,
        valid,
        "pull policy",
        text,
        "write always, missing, never, daily or every_12h");
  }

  static void securityOpt(String text) {
    boolean known =
        text.matches("no-new-privileges([:=](true|false))?|seccomp[:=](unconfined|builtin)");
    if (!known) {
      throw notYet("security option", text);
    }
  }

  /// signal(7), with or without `SIG`, or a number.
  static void signal(String text) {
    String name = text.replaceFirst("^SIG", "");
    boolean valid =
        SIGNALS.contains(name) || name.matches("RTM(IN|AX)([+-]\\d{1,2})?|[1-9]|[1-5]\\d|6[0-4]");
    require(Code.UNKNOWN_WORD, valid, "signal", text, Suggestion.of(name, SIGNALS));
  }

  static MalformedException notYet(String what, String text) {
    return new MalformedException(
        Code.NOT_SUPPORTED, what + " \"" + text + "\" is not supported yet", null);
  }

  private static void require(
      Code code, boolean valid, String what, String text, @Nullable String help) {
    if (!valid) {
      throw MalformedException.invalid(code, what, text, help);
    }
  }
}
