package dev.davit.cgroup;

import java.util.List;

/// A device that a container may use.
///
/// @param type `c`, `b`, or `a` for every device at all
/// @param major the number, -1 for any
/// @param minor the number, -1 for any
/// @param access letters of `rwm`: read, write, mknod
public record DeviceRule(char type, int major, int minor, String access) {
  /// What docker allows in each container: mknod, the usual character devices, terminals.
  public static final List<DeviceRule> DEFAULTS =
      List.of(
          new DeviceRule('c', -1, -1, "m"),
          new DeviceRule('b', -1, -1, "m"),
          new DeviceRule('c', 1, 3, "rwm"),
          new DeviceRule('c', 1, 5, "rwm"),
          new DeviceRule('c', 1, 7, "rwm"),
          new DeviceRule('c', 1, 8, "rwm"),
          new DeviceRule('c', 1, 9, "rwm"),
          new DeviceRule('c', 5, 0, "rwm"),
          new DeviceRule('c', 5, 1, "rwm"),
          new DeviceRule('c', 5, 2, "rwm"),
          new DeviceRule('c', 136, -1, "rwm"));

  /// Every device, for privileged containers.
  public static final DeviceRule ALL = new DeviceRule('a', -1, -1, "rwm");

  public DeviceRule {
    if ("abc".indexOf(type) < 0 || !access.matches("[rwm]{1,3}")) {
      throw new IllegalArgumentException("device rule " + type + " " + access);
    }
  }

  /// As `devices.allow` of cgroup v1 takes it: `c 136:* rwm`.
  String print() {
    return "%s %s:%s %s"
        .formatted(type, major < 0 ? "*" : "" + major, minor < 0 ? "*" : "" + minor, access);
  }
}
