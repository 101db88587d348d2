package dev.davit.compose.load;

import dev.davit.compose.Build;
import dev.davit.compose.Build.Cache;
import dev.davit.compose.Build.From;
import dev.davit.compose.Build.Inputs;
import dev.davit.compose.Build.Output;
import dev.davit.compose.Build.Sandbox;
import dev.davit.compose.text.SshText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;

/// `build`.
final class BuildBinder {
  private BuildBinder() {}

  static Build bind(View build) {
    return new Build(
        from(build),
        new Inputs(build.map("args"), ssh(build), GivenBinder.grants(build, "secrets", "")),
        new Cache(
            build.texts("cache_from"),
            build.texts("cache_to"),
            build.flag("no_cache"),
            build.texts("no_cache_filter"),
            build.flag("pull")),
        sandbox(build),
        new Output(
            build.texts("tags"),
            ServiceBinder.labels(build, "labels"),
            build.texts("platforms"),
            build.text("provenance"),
            build.text("sbom")));
  }

  private static From from(View build) {
    return new From(
        build.text("context").orElse(""),
        build.text("dockerfile"),
        build.text("dockerfile_inline"),
        build.map("additional_contexts"),
        build.text("target"));
  }

  private static Map<String, String> ssh(View build) {
    var ssh = new LinkedHashMap<String, String>();
    build.texts("ssh").stream()
        .map(SshText::parse)
        .forEach(it -> ssh.put(it.id(), String.join(",", it.paths())));
    return ssh;
  }

  private static Sandbox sandbox(View build) {
    OptionalLong shmSize = build.whole("shm_size");
    return new Sandbox(
        build.text("network"),
        NetworkingBinder.hosts(build),
        shmSize,
        LimitsBinder.ulimits(build.at("ulimits")),
        build.text("isolation"),
        build.flag("privileged"),
        new LinkedHashSet<>(build.texts("entitlements")));
  }
}
