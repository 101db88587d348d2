package dev.davit.compose.attribute;

import java.util.List;
import java.util.stream.Stream;

/// What the Compose Specification has and this table does not yet: known names of any form.
final class Later {
  private static final Form UNKNOWN = Form.of(new Shape.Unknown());

  static final List<Attribute> SERVICE =
      Stream.of(
              "blkio_config",
              "build",
              "cgroup_parent",
              "cpu_count",
              "cpu_percent",
              "cpu_rt_period",
              "cpu_rt_runtime",
              "credential_spec",
              "develop",
              "device_cgroup_rules",
              "devices",
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
              "storage_opt",
              "use_api_socket",
              "userns_mode",
              "volumes_from")
          .map(name -> name.equals("build") ? attribute(name).unhashed() : attribute(name))
          .toList();

  private Later() {}

  static Attribute attribute(String name) {
    return Attribute.attribute(name, UNKNOWN).notYet("it is refused");
  }
}
