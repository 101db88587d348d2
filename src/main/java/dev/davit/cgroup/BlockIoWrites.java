package dev.davit.cgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/// What a share of block devices means in the files of a cgroup; each device is one write.
final class BlockIoWrites {
  private static final List<String> THROTTLES =
      List.of(
          "blkio.throttle.read_bps_device",
          "blkio.throttle.write_bps_device",
          "blkio.throttle.read_iops_device",
          "blkio.throttle.write_iops_device");

  private BlockIoWrites() {}

  /// On cgroup v2, converted as runc does. Which weight there is depends on the kernel's scheduler.
  static List<Write> unified(BlockIo share) {
    var writes = new ArrayList<Write>();
    share
        .weight()
        .ifPresent(
            weight -> {
              writes.add(new Write("io.bfq.weight", Integer.toString(weight), true));
              writes.add(new Write("io.weight", "default " + scaled(weight), true));
            });
    new TreeMap<>(share.weights())
        .forEach(
            (device, weight) -> {
              writes.add(new Write("io.bfq.weight", device + " " + weight, true));
              writes.add(new Write("io.weight", device + " " + scaled(weight), true));
            });
    rates(share).forEach((device, rates) -> writes.add(new Write("io.max", device + rates, false)));
    return writes;
  }

  // From 10…1000 to 1…10000.
  private static long scaled(int weight) {
    return 1 + (weight - 10L) * 9999 / 990;
  }

  private static Map<String, String> rates(BlockIo share) {
    var devices = new TreeSet<String>();
    devices.addAll(share.readBytes().keySet());
    devices.addAll(share.writeBytes().keySet());
    devices.addAll(share.readOperations().keySet());
    devices.addAll(share.writeOperations().keySet());
    var rates = new TreeMap<String, String>();
    for (String device : devices) {
      rates.put(
          device,
          rate("rbps", share.readBytes().get(device))
              + rate("wbps", share.writeBytes().get(device))
              + rate("riops", share.readOperations().get(device))
              + rate("wiops", share.writeOperations().get(device)));
    }
    return rates;
  }

  private static String rate(String key, @org.jspecify.annotations.Nullable Long value) {
    return value == null ? "" : " " + key + "=" + value;
  }

  /// What takes the throttles away that are there.
  ///
  /// @param content of a file by its name
  static List<Write> lift(boolean unified, UnaryOperator<String> content) {
    var writes = new ArrayList<Write>();
    if (unified) {
      content
          .apply("io.max")
          .lines()
          .map(line -> line.split(" ", 2)[0] + " rbps=max wbps=max riops=max wiops=max")
          .forEach(value -> writes.add(new Write("io.max", value, true)));
      return writes;
    }
    for (String file : THROTTLES) {
      content
          .apply(file)
          .lines()
          .map(line -> line.split(" ", 2)[0] + " 0")
          .forEach(value -> writes.add(new Write(file, value, true)));
    }
    return writes;
  }

  /// On cgroup v1.
  static List<Write> controllers(BlockIo share) {
    var writes = new ArrayList<Write>();
    share
        .weight()
        .ifPresent(
            weight -> {
              writes.add(new Write("blkio.bfq.weight", Integer.toString(weight), true));
              writes.add(new Write("blkio.weight", Integer.toString(weight), true));
            });
    BiConsumer<String, Map<String, ? extends Number>> throttle =
        (file, by) ->
            new TreeMap<>(by)
                .forEach(
                    (device, value) ->
                        writes.add(
                            new Write("blkio.throttle." + file, device + " " + value, false)));
    new TreeMap<>(share.weights())
        .forEach(
            (device, weight) -> {
              writes.add(new Write("blkio.bfq.weight_device", device + " " + weight, true));
              writes.add(new Write("blkio.weight_device", device + " " + weight, true));
            });
    throttle.accept("read_bps_device", share.readBytes());
    throttle.accept("write_bps_device", share.writeBytes());
    throttle.accept("read_iops_device", share.readOperations());
    throttle.accept("write_iops_device", share.writeOperations());
    return writes;
  }
}
