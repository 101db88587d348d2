package dev.davit.compose.text;

import dev.davit.error.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Short port syntax `[[IP:]HOST:]CONTAINER[/PROTOCOL]`.
public final class PortText {
  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(?:(?<ip>\\[[^\\]]*]|.*):)?(?<host>[^:]*):)?(?<container>[^:/]*)(?:/(?<proto>.*))?");
  private static final Pattern BRACKETS = Pattern.compile("^\\[|]$");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

  /// A port of the kernel's choice.
  private static final Pattern ANY = Pattern.compile("0+");

  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");
  private static final String HELP =
      "write [[IP:]HOST:]CONTAINER[/PROTOCOL], such as \"8080:80\" or \"127.0.0.1:53:53/udp\"";

  /// @param published a port, a range, or empty
  public record Mapping(String hostIp, String published, int target, String protocol) {}

  /// Ports from `first` to `last`, both included.
  public record Range(int first, int last) {
    int size() {
      return last - first + 1;
    }

    @Override
    public String toString() {
      return first == last ? "" + first : first + "-" + last;
    }
  }

  private PortText() {}

  /// One mapping for each container port.
  public static List<Mapping> parse(String text) {
    Matcher m = SHORT.matcher(text);
    if (text.isBlank() || !m.matches() || m.group("container").isEmpty()) {
      throw MalformedException.invalid(Code.INVALID_PORT, "port", text, HELP);
    }
    Range container = range(m.group("container"));
    String hostText = m.group("host") == null ? "" : m.group("host");
    String ip = m.group("ip") == null ? "" : BRACKETS.matcher(m.group("ip")).replaceAll("");
    IpText.check(ip);
    String protocol = protocol(m.group("proto") == null ? "tcp" : m.group("proto"));
    if (hostText.isEmpty()) {
      return each(container, new Mapping(ip, "", 0, protocol), 0);
    }
    Range host = published(hostText);
    if (container.size() == 1) {
      return List.of(new Mapping(ip, host.toString(), container.first(), protocol));
    }
    if (host.size() != container.size()) {
      throw MalformedException.invalid(
          Code.INVALID_PORT,
          "port",
          text,
          "make the ranges " + host + " and " + container + " equally long");
    }
    return each(container, new Mapping(ip, "", 0, protocol), host.first());
  }

  private static List<Mapping> each(Range container, Mapping like, int host) {
    var ports = new ArrayList<Mapping>();
    for (int i = 0; i < container.size(); i++) {
      String published = host == 0 ? "" : "" + (host + i);
      ports.add(new Mapping(like.hostIp(), published, container.first() + i, like.protocol()));
    }
    return ports;
  }

  /// As [#range], or 0, for which the kernel chooses a port.
  public static Range published(String text) {
    return ANY.matcher(text).matches() ? new Range(0, 0) : range(text);
  }

  /// `80` or `8000-8010`.
  public static Range range(String text) {
    String[] ends = text.split("-", 2);
    int first = number(ends[0], text);
    int last = ends.length == 1 ? first : number(ends[1], text);
    if (last < first) {
      throw MalformedException.invalid(
          Code.INVALID_PORT, "port range", text, "begin with the smaller port");
    }
    return new Range(first, last);
  }

  private static int number(String digits, String text) {
    if (NUMBER.matcher(digits).matches()) {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    throw MalformedException.invalid(
        Code.INVALID_PORT, "port", text, "a port is a number from 1 to 65535");
  }

  public static String protocol(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!PROTOCOLS.contains(lower)) {
      throw MalformedException.invalid(
          Code.INVALID_PORT, "protocol", text, "write tcp, udp or sctp");
    }
    return lower;
  }
}
