package dev.davit.docker;

import dev.davit.format.Struct;
import dev.davit.image.ImageConfig;
import dev.davit.image.ImageConfig.Healthcheck;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// How something is run, as `Config` of containers and images in the Docker Engine API.
final class ConfigShape {
  private ConfigShape() {}

  /// The last ones only where there are any.
  static Struct of(ImageConfig config) {
    return new Struct()
        .with("User", config.user())
        .with("ExposedPorts", set(config.exposedPorts()))
        .with("Env", config.env())
        .with("Entrypoint", config.entrypoint())
        .with("Cmd", config.cmd())
        .with("Volumes", set(config.volumes()))
        .with("WorkingDir", config.workingDir())
        .with("Labels", new TreeMap<>(config.labels()))
        .withOmitted("Healthcheck", config.healthcheck().map(ConfigShape::healthcheck))
        .withOmitted("StopSignal", Objects.requireNonNullElse(config.stopSignal(), ""))
        .withOmitted("OnBuild", config.onBuild())
        .withOmitted("Shell", config.isUsualShell() ? List.of() : config.shell());
  }

  private static Map<String, Struct> set(List<String> names) {
    var set = new TreeMap<String, Struct>();
    names.forEach(name -> set.put(name, new Struct()));
    return set;
  }

  private static Struct healthcheck(Healthcheck check) {
    return new Struct()
        .withOmitted("Test", check.test())
        .withOmitted("Interval", check.interval())
        .withOmitted("Timeout", check.timeout())
        .withOmitted("StartPeriod", check.startPeriod())
        .withOmitted("StartInterval", check.startInterval())
        .withOmitted("Retries", check.retries());
  }
}
