package dev.davit.docker;

import dev.davit.format.Struct;
import dev.davit.image.ImageConfig;
import dev.davit.image.ImageConfig.Healthcheck;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How something is run, as `Config` of containers and images in the Docker Engine API.
final class ConfigShape {
  private ConfigShape() {}

  /// `StopSignal`, `Healthcheck` and `OnBuild` only where there are any.
  static Struct of(ImageConfig config) {
    var struct =
        new Struct()
            .with("User", config.user())
            .with("ExposedPorts", set(config.exposedPorts()))
            .with("Env", config.env())
            .with("Entrypoint", config.entrypoint())
            .with("Cmd", config.cmd())
            .with("Volumes", set(config.volumes()))
            .with("WorkingDir", config.workingDir())
            .with("Labels", new TreeMap<>(config.labels()));
    if (config.stopSignal() != null) {
      struct.with("StopSignal", config.stopSignal());
    }
    config.healthcheck().ifPresent(check -> struct.with("Healthcheck", healthcheck(check)));
    if (!config.onBuild().isEmpty()) {
      struct.with("OnBuild", config.onBuild());
    }
    return struct;
  }

  private static Map<String, Struct> set(List<String> names) {
    var set = new TreeMap<String, Struct>();
    names.forEach(name -> set.put(name, new Struct()));
    return set;
  }

  private static Struct healthcheck(Healthcheck check) {
    return new Struct()
        .with("Test", check.test())
        .with("Interval", check.interval())
        .with("Timeout", check.timeout())
        .with("StartPeriod", check.startPeriod())
        .with("StartInterval", check.startInterval())
        .with("Retries", check.retries());
  }
}
