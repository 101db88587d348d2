package dev.davit.compose.load;

import java.util.Set;

/// What the Compose Specification has and Davit does not honour yet: an error that says so. And
/// what has a meaning only on clusters: a warning.
final class NotYet {
  static final Set<String> ROOT = Set.of("configs", "include", "models", "secrets");

  static final Set<String> SERVICE =
      Set.of(
          "blkio_config",
          "build",
          "cgroup_parent",
          "configs",
          "cpu_count",
          "cpu_percent",
          "cpu_rt_period",
          "cpu_rt_runtime",
          "credential_spec",
          "develop",
          "device_cgroup_rules",
          "devices",
          "extends",
          "external_links",
          "gpus",
          "isolation",
          "links",
          "mac_address",
          "mem_swappiness",
          "models",
          "oom_kill_disable",
          "post_start",
          "pre_start",
          "pre_stop",
          "provider",
          "pull_refresh_after",
          "runtime",
          "secrets",
          "storage_opt",
          "use_api_socket",
          "userns_mode",
          "volumes_from");

  static final Set<String> SERVICE_NETWORK = Set.of("driver_opts", "link_local_ips");

  static final Set<String> RESERVATIONS = Set.of("devices", "generic_resources");

  static final Set<String> MOUNT = Set.of("image");

  static final Set<String> BIND = Set.of("recursive");

  static final Set<String> MOUNTED_VOLUME = Set.of("labels", "subpath");

  static final Set<String> RESERVATIONS_IGNORED = Set.of("cpus");

  static final Set<String> DEPLOY_IGNORED =
      Set.of("endpoint_mode", "labels", "mode", "placement", "rollback_config", "update_config");

  static final Set<String> RESTART_POLICY_IGNORED = Set.of("delay", "window");

  private NotYet() {}
}
