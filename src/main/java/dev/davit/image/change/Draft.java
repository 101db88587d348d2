package dev.davit.image.change;

import dev.davit.image.ImageConfig;
import dev.davit.image.ImageConfig.Healthcheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A config that instructions change one after another.
final class Draft {
  final Map<String, String> env = new LinkedHashMap<>();
  final Set<String> volumes;
  final Set<String> exposedPorts;
  final Map<String, String> labels;
  final List<String> shell;
  final List<String> onBuild;
  List<String> entrypoint;
  List<String> cmd;
  String workingDir;
  String user;
  @Nullable String stopSignal;
  Optional<Healthcheck> healthcheck;

  /// Whether one of the instructions has given a command.
  boolean isCmdGiven;

  Draft(ImageConfig config) {
    for (String variable : config.env()) {
      int equals = variable.indexOf('=');
      env.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    volumes = new LinkedHashSet<>(config.volumes());
    exposedPorts = new LinkedHashSet<>(config.exposedPorts());
    labels = new LinkedHashMap<>(config.labels());
    shell = config.shell();
    onBuild = new ArrayList<>(config.onBuild());
    entrypoint = config.entrypoint();
    cmd = config.cmd();
    workingDir = config.workingDir();
    user = config.user();
    stopSignal = config.stopSignal();
    healthcheck = config.healthcheck();
  }

  ImageConfig config() {
    return new ImageConfig(
        env.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList(),
        entrypoint,
        cmd,
        workingDir,
        user,
        List.copyOf(volumes),
        List.copyOf(exposedPorts),
        stopSignal,
        labels,
        healthcheck,
        shell,
        onBuild);
  }
}
