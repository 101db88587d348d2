package dev.davit.cli.object;

import dev.davit.cli.UsageException;
import dev.davit.error.Code;
import dev.davit.network.Networks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The options of `docker run` as a Compose model of one service, so that each means exactly what
/// its attribute means there; pure. A `$` in them is a `$`.
final class OneService {
  private final RunOptions options;
  private final Map<String, Object> service = new LinkedHashMap<>();
  private final Map<String, Object> networks = new LinkedHashMap<>();
  private final Map<String, Object> volumes = new LinkedHashMap<>();

  private OneService(RunOptions options) {
    this.options = options;
  }

  /// @param cwd what relative paths start from
  static Map<String, Object> of(
      String name, String image, List<String> command, RunOptions options, Path cwd) {
    var one = new OneService(options);
    one.put("container_name", name);
    one.put("image", image);
    one.put("platform", options.platform());
    one.put("pull_policy", policy(options.pull()));
    one.put("command", command);
    one.process();
    one.health();
    one.resources();
    one.isolation();
    one.network();
    one.mounts(cwd);
    return Map.of(
        "services",
        Map.of(name, literal(one.service)),
        "networks",
        one.networks,
        "volumes",
        one.volumes);
  }

  private static @Nullable String policy(@Nullable String pull) {
    if (pull != null && !pull.matches("always|missing|never")) {
      throw new UsageException(
          Code.INVALID_OPTION,
          "invalid --pull option \"" + pull + "\"",
          "write always, missing or never",
          pull);
    }
    return pull;
  }

  // Values of a model have variables, words of a command line have none.
  private static Object literal(Object value) {
    return switch (value) {
      case String text -> text.replace("$", "$$");
      case List<?> list -> list.stream().map(OneService::literal).toList();
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<Object, Object>();
        map.forEach((key, item) -> copy.put(key, literal(item)));
        yield copy;
      }
      default -> value;
    };
  }

  private void put(String attribute, @Nullable Object value) {
    boolean empty =
        value == null
            || (value instanceof List<?> list && list.isEmpty())
            || (value instanceof Map<?, ?> map && map.isEmpty())
            || Boolean.FALSE.equals(value);
    if (!empty) {
      service.put(attribute, value);
    }
  }

  private void process() {
    if (options.entrypoint() != null) {
      service.put(
          "entrypoint", options.entrypoint().isEmpty() ? List.of() : List.of(options.entrypoint()));
    }
    put("environment", options.env());
    put(
        "env_file",
        options.envFile().stream().map(it -> Map.of("path", it, "format", "raw")).toList());
    put("labels", options.label());
    put("user", options.user());
    put("group_add", options.groupAdd());
    put("working_dir", options.workdir());
    put("tty", options.tty());
    put("stdin_open", options.interactive());
    put("init", options.init());
    put("hostname", options.hostname());
    put("domainname", options.domainname());
    put("restart", options.restart());
    put("stop_signal", options.stopSignal());
    put("stop_grace_period", seconds(options.stopTimeout()));
    if (options.logDriver() != null || !options.logOpt().isEmpty()) {
      var logging = new LinkedHashMap<String, Object>();
      logging.put("driver", options.logDriver() == null ? "json-file" : options.logDriver());
      logging.put("options", Pairs.of("--log-opt", options.logOpt()));
      put("logging", logging);
    }
  }

  private static @Nullable String seconds(@Nullable Integer seconds) {
    return seconds == null ? null : Duration.ofSeconds(seconds).toSeconds() + "s";
  }

  private void health() {
    var check = new LinkedHashMap<String, Object>();
    if (options.noHealthcheck()) {
      check.put("disable", true);
    }
    add(check, "test", options.healthCmd());
    add(check, "interval", options.healthInterval());
    add(check, "timeout", options.healthTimeout());
    add(check, "retries", options.healthRetries());
    add(check, "start_period", options.healthStartPeriod());
    put("healthcheck", check);
  }

  private static void add(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  private void resources() {
    put("mem_limit", options.memory());
    put("mem_reservation", options.memoryReservation());
    put("memswap_limit", options.memorySwap());
    put("cpus", options.cpus());
    put("cpu_shares", options.cpuShares());
    put("cpuset", options.cpusetCpus());
    put("pids_limit", options.pidsLimit());
    put("oom_score_adj", options.oomScoreAdj());
    put("shm_size", options.shmSize());
    var ulimits = new LinkedHashMap<String, Object>();
    Pairs.of("--ulimit", options.ulimit())
        .forEach(
            (name, value) -> {
              String[] limits = value.split(":", 2);
              ulimits.put(name, Map.of("soft", limits[0], "hard", limits[limits.length - 1]));
            });
    put("ulimits", ulimits);
  }

  private void isolation() {
    put("cap_add", options.capAdd());
    put("cap_drop", options.capDrop());
    put("privileged", options.privileged());
    put("read_only", options.readOnly());
    put("security_opt", options.securityOpt());
    put("sysctls", options.sysctl());
    put("devices", options.device());
    put("pid", options.pid());
    put("ipc", options.ipc());
    put("uts", options.uts());
    put("cgroup", options.cgroupns());
  }

  private void network() {
    put("ports", options.publish());
    put("expose", options.expose());
    put("extra_hosts", options.addHost());
    put("dns", options.dns());
    put("dns_opt", options.dnsOption());
    put("dns_search", options.dnsSearch());
    put("mac_address", options.macAddress());
    List<String> names =
        options.network().isEmpty() ? List.of(Networks.DEFAULT) : options.network();
    boolean mode = names.size() == 1 && names.getFirst().matches("host|none|container:.*");
    if (mode) {
      put("network_mode", names.getFirst());
      return;
    }
    var endpoints = new LinkedHashMap<String, Object>();
    for (String name : names) {
      var endpoint = new LinkedHashMap<String, Object>();
      if (!options.networkAlias().isEmpty()) {
        endpoint.put("aliases", options.networkAlias());
      }
      add(endpoint, "ipv4_address", options.ip());
      endpoints.put(name, endpoint);
      networks.put(name, Map.of("name", name, "external", true));
    }
    put("networks", endpoints);
  }

  private void mounts(Path cwd) {
    var mounts = new ArrayList<String>();
    for (String word : options.volume()) {
      String source = word.contains(":") ? word.substring(0, word.indexOf(':')) : "";
      if (source.startsWith(".") || source.startsWith("~")) {
        mounts.add(cwd.resolve(source).normalize() + word.substring(source.length()));
        continue;
      }
      if (!source.isEmpty() && !source.startsWith("/")) {
        check(source, word);
        volumes.put(source, Map.of("name", source, "external", true));
      }
      mounts.add(word);
    }
    put("volumes", mounts);
    put("tmpfs", options.tmpfs());
  }

  private static void check(String name, String word) {
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+")) {
      throw new UsageException(
          Code.INVALID_OPTION,
          "\"" + name + "\" is no name of a volume",
          "a path begins with / or ./",
          word);
    }
  }
}
