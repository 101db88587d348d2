package dev.davit.compose.load;

import dev.davit.compose.BlockIo;
import dev.davit.compose.Limits;
import dev.davit.compose.Limits.RealTime;
import dev.davit.compose.Limits.Ulimit;
import dev.davit.compose.tree.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/// What a service may use, from its own attributes and from `deploy.resources`.
final class LimitsBinder {
  private LimitsBinder() {}

  static Limits bind(View service) {
    View limits = service.at("deploy").at("resources").at("limits");
    View reservations = service.at("deploy").at("resources").at("reservations");
    return new Limits(
        memory(service),
        some(service.whole("memswap_limit")),
        some(first(service.whole("mem_reservation"), reservations.whole("memory"))),
        service.mapping().has("cpus") ? service.decimal("cpus") : limits.decimal("cpus"),
        some(service.whole("cpu_shares")),
        some(service.whole("cpu_quota")),
        some(service.whole("cpu_period")),
        service.text("cpuset"),
        some(first(service.whole("pids_limit"), limits.whole("pids"))),
        some(service.whole("shm_size")),
        service.small("oom_score_adj"),
        ulimits(service.at("ulimits")),
        service.small("mem_swappiness"),
        service.flag("oom_kill_disable"),
        new RealTime(some(service.whole("cpu_rt_period")), some(service.whole("cpu_rt_runtime"))),
        blockIo(service.at("blkio_config")));
  }

  static OptionalLong memory(View service) {
    View limits = service.at("deploy").at("resources").at("limits");
    return some(first(service.whole("mem_limit"), limits.whole("memory")));
  }

  private static OptionalLong first(OptionalLong own, OptionalLong deploy) {
    return own.isPresent() ? own : deploy;
  }

  /// 0 is how docker writes "not limited".
  private static OptionalLong some(OptionalLong amount) {
    return amount.isPresent() && amount.getAsLong() != 0 ? amount : OptionalLong.empty();
  }

  private static BlockIo blockIo(View config) {
    return new BlockIo(
        config.small("weight").stream().filter(it -> it != 0).findFirst(),
        byPath(config, "weight_device", it -> it.small("weight").orElse(0)),
        byPath(config, "device_read_bps", LimitsBinder::rate),
        byPath(config, "device_write_bps", LimitsBinder::rate),
        byPath(config, "device_read_iops", LimitsBinder::rate),
        byPath(config, "device_write_iops", LimitsBinder::rate));
  }

  private static long rate(View device) {
    return device.whole("rate").orElse(0);
  }

  private static <T> Map<String, T> byPath(View config, String key, Function<View, T> value) {
    var byPath = new LinkedHashMap<String, T>();
    config.views(key).forEach(it -> byPath.put(it.text("path").orElse(""), value.apply(it)));
    return byPath;
  }

  static Map<String, Ulimit> ulimits(View all) {
    var ulimits = new LinkedHashMap<String, Ulimit>();
    for (String name : all.mapping().keys()) {
      boolean single = all.mapping().get(name).orElseThrow() instanceof Scalar;
      View both = all.at(name);
      long soft = (single ? all.whole(name) : both.whole("soft")).orElse(0);
      long hard = (single ? all.whole(name) : both.whole("hard")).orElse(0);
      ulimits.put(name, new Ulimit(soft, hard));
    }
    return ulimits;
  }
}
