package dev.davit.volume;

import java.util.Map;

/// A volume as it is asked for; an empty name makes an anonymous one.
///
/// @param driver only `local` is known; empty is `local`
public record VolumeConfig(
    String name, String driver, Map<String, String> driverOpts, Map<String, String> labels) {
  public VolumeConfig {
    driver = driver.isEmpty() ? "local" : driver;
    driverOpts = Map.copyOf(driverOpts);
    labels = Map.copyOf(labels);
  }

  /// A local volume with that name.
  public static VolumeConfig of(String name) {
    return new VolumeConfig(name, "local", Map.of(), Map.of());
  }
}
