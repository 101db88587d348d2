package dev.davit.compose.text;

import dev.davit.error.Code;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A device in short syntax: `HOST[:CONTAINER[:PERMISSIONS]]`, or the name of a device that CDI
/// describes, `vendor.com/class=name`.
///
/// @param target for CDI the name once more
public record DeviceText(String source, String target, String permissions) {
  private static final String ALL = "rwm";
  private static final Pattern CDI =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]*/[a-zA-Z][a-zA-Z0-9_-]*=[a-zA-Z0-9][a-zA-Z0-9_.:-]*");
  private static final Pattern RULE =
      Pattern.compile("([abc]) (\\d{1,9}|\\*):(\\d{1,9}|\\*) ([rwm]{1,3})");

  /// What a device cgroup lets pass: `c 1:3 mr`; `*` is every number.
  public record Rule(char type, String major, String minor, String permissions) {}

  public static DeviceText parse(String text) {
    if (CDI.matcher(text).matches()) {
      return new DeviceText(text, text, ALL);
    }
    String[] parts = text.split(":", -1);
    if (parts.length > 3) {
      throw invalid(text);
    }
    String target = parts.length == 1 ? parts[0] : parts[1];
    return new DeviceText(
        source(parts[0]), path(target), parts.length == 3 ? permissions(parts[2]) : ALL);
  }

  /// A path on the host or a CDI name.
  public static String source(String text) {
    return CDI.matcher(text).matches() ? text : path(text);
  }

  private static String path(String text) {
    if (!text.startsWith("/")) {
      throw invalid(text);
    }
    return text;
  }

  private static MalformedException invalid(String text) {
    return MalformedException.invalid(
        Code.INVALID_DEVICE,
        "device",
        text,
        "write /dev/HOST[:/dev/CONTAINER[:PERMISSIONS]], or vendor.com/class=name for CDI");
  }

  /// Read, write, make a node.
  public static String permissions(String text) {
    if (!text.matches("[rwm]{1,3}")) {
      throw MalformedException.invalid(
          Code.INVALID_DEVICE, "device permissions", text, "write some of r, w and m");
    }
    return text;
  }

  public static Rule rule(String text) {
    Matcher rule = RULE.matcher(text);
    if (!rule.matches()) {
      throw MalformedException.invalid(
          Code.INVALID_DEVICE,
          "device rule",
          text,
          "write a, b or c, then MAJOR:MINOR with * for all, then some of r, w, m: \"c 1:3 mr\"");
    }
    return new Rule(rule.group(1).charAt(0), rule.group(2), rule.group(3), rule.group(4));
  }
}
