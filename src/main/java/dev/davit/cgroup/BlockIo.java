package dev.davit.cgroup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/// A cgroup's share of block devices. A device is a path below /dev, or, for the kernel, its
/// numbers `8:0`.
///
/// @param weight 10 to 1000
/// @param weights 10 to 1000, by device
/// @param readBytes a second, by device; and so on
public record BlockIo(
    OptionalInt weight,
    Map<String, Integer> weights,
    Map<String, Long> readBytes,
    Map<String, Long> writeBytes,
    Map<String, Long> readOperations,
    Map<String, Long> writeOperations) {
  /// No limit and the usual weight.
  public static final BlockIo NONE =
      new BlockIo(OptionalInt.empty(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  public BlockIo {
    weights = Map.copyOf(weights);
    readBytes = Map.copyOf(readBytes);
    writeBytes = Map.copyOf(writeBytes);
    readOperations = Map.copyOf(readOperations);
    writeOperations = Map.copyOf(writeOperations);
  }

  /// Whether it asks for a weight, which some kernels cannot give.
  boolean weighs() {
    return weight.isPresent() || !weights.isEmpty();
  }

  /// The same with `name` in place of each device.
  public BlockIo named(UnaryOperator<String> name) {
    return new BlockIo(
        weight,
        rename(weights, name),
        rename(readBytes, name),
        rename(writeBytes, name),
        rename(readOperations, name),
        rename(writeOperations, name));
  }

  private static <T> Map<String, T> rename(Map<String, T> by, UnaryOperator<String> name) {
    var renamed = new LinkedHashMap<String, T>();
    by.forEach((device, value) -> renamed.put(name.apply(device), value));
    return renamed;
  }
}
