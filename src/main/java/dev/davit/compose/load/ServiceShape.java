package dev.davit.compose.load;

import static dev.davit.compose.load.Shapes.BYTES;
import static dev.davit.compose.load.Shapes.DECIMALS;
import static dev.davit.compose.load.Shapes.DURATION;
import static dev.davit.compose.load.Shapes.FLAG;
import static dev.davit.compose.load.Shapes.KEY_VALUES;
import static dev.davit.compose.load.Shapes.MODE;
import static dev.davit.compose.load.Shapes.NOTHING;
import static dev.davit.compose.load.Shapes.SMALL;
import static dev.davit.compose.load.Shapes.STRING;
import static dev.davit.compose.load.Shapes.STRINGS;
import static dev.davit.compose.load.Shapes.STRING_MAP;
import static dev.davit.compose.load.Shapes.STRING_OR_LIST;
import static dev.davit.compose.load.Shapes.STRING_OR_NUMBER;
import static dev.davit.compose.load.Shapes.WHOLE;
import static dev.davit.compose.load.Shapes.checked;
import static dev.davit.compose.load.Shapes.either;
import static dev.davit.compose.load.Shapes.listOf;
import static dev.davit.compose.load.Shapes.mapOf;
import static dev.davit.compose.load.Shapes.word;

import dev.davit.compose.text.IpText;
import dev.davit.compose.text.KernelNames;
import dev.davit.compose.text.PortText;
import dev.davit.compose.text.ShellWords;
import dev.davit.compose.text.VolumeText;
import dev.davit.compose.tree.Scalar;

/// The shape of a service: one row for each attribute.
final class ServiceShape {
  private static final Shape COMMAND =
      either(checked("a string", ShellWords::split), STRINGS, NOTHING);

  private static final Shape ADDRESS = checked("an address", IpText::check);
  private static final Shape ADDRESSES = either(ADDRESS, listOf(ADDRESS));

  private static final Shape DEPENDS_ON =
      either(
          STRINGS,
          mapOf(
              ObjectShape.of()
                  .with(
                      "condition",
                      word(
                          "condition",
                          "service_started",
                          "service_healthy",
                          "service_completed_successfully"))
                  .withAll(FLAG, "restart", "required")
                  .requires("condition")));

  private static final Shape DEPLOY =
      ObjectShape.of()
          .with("replicas", Shapes.cast("a whole number", Scalar.Type.INTEGER, Checked::count))
          .with(
              "resources",
              ObjectShape.of()
                  .with(
                      "limits",
                      ObjectShape.of()
                          .with("cpus", DECIMALS)
                          .with("memory", BYTES)
                          .with("pids", WHOLE))
                  .with(
                      "reservations",
                      ObjectShape.of()
                          .with("memory", BYTES)
                          .later(NotYet.RESERVATIONS)
                          .ignores(NotYet.RESERVATIONS_IGNORED)))
          .with(
              "restart_policy",
              ObjectShape.of()
                  .with("condition", word("condition", "none", "on-failure", "any"))
                  .with("max_attempts", SMALL)
                  .ignores(NotYet.RESTART_POLICY_IGNORED))
          .ignores(NotYet.DEPLOY_IGNORED);

  private static final Shape ENV_FILE =
      either(
          STRING,
          listOf(
              either(
                  STRING,
                  ObjectShape.of()
                      .with("path", STRING)
                      .with("required", FLAG)
                      .with("format", word("format", "raw"))
                      .requires("path"))));

  private static final Shape HEALTHCHECK =
      ObjectShape.of()
          .with("test", either(STRING, STRINGS))
          .withAll(DURATION, "interval", "timeout", "start_period", "start_interval")
          .with("retries", SMALL)
          .with("disable", FLAG);

  private static final Shape LOGGING =
      ObjectShape.of()
          .with("driver", word("logging driver", "json-file", "local", "none"))
          .with("options", STRING_MAP);

  private static final Shape NETWORKS =
      either(
          STRINGS,
          mapOf(
              either(
                  ObjectShape.of()
                      .with("aliases", STRINGS)
                      .withAll(ADDRESS, "ipv4_address", "ipv6_address")
                      .with("mac_address", checked("a MAC address", Checked::mac))
                      .with("interface_name", checked("an interface name", Checked::interfaceName))
                      .withAll(SMALL, "priority", "gw_priority")
                      .later(NotYet.SERVICE_NETWORK),
                  NOTHING)));

  private static final Shape PORT =
      either(
          Shapes.cast("a port", Scalar.Type.TEXT, Checked::port),
          ObjectShape.of()
              .with("target", Shapes.cast("a port", Scalar.Type.INTEGER, Checked::singlePort))
              .with("published", Shapes.cast("a port", Scalar.Type.TEXT, Checked::portRange))
              .with("host_ip", ADDRESS)
              .with("protocol", checked("a protocol", PortText::protocol))
              .withAll(STRING, "app_protocol", "name")
              .with("mode", word("mode", "host", "ingress"))
              .requires("target"));

  private static final Shape VOLUME =
      either(
          checked("a string", VolumeText::parse),
          ObjectShape.of()
              .with("type", checked("a mount type", Checked::mountType))
              .with("source", STRING)
              .with("target", checked("a path", Checked::absolute))
              .with("read_only", FLAG)
              .with("consistency", STRING)
              .with(
                  "bind",
                  ObjectShape.of()
                      .with("propagation", word("propagation", Checked.PROPAGATIONS))
                      .with("create_host_path", FLAG)
                      .with("selinux", word("selinux option", "z", "Z"))
                      .later(NotYet.BIND))
              .with("volume", ObjectShape.of().with("nocopy", FLAG).later(NotYet.MOUNTED_VOLUME))
              .with("tmpfs", ObjectShape.of().with("size", BYTES).with("mode", MODE))
              .later(NotYet.MOUNT)
              .requires("type", "target"));

  private static final Shape ULIMITS =
      new Shape.MapOf(
          "a mapping",
          KernelNames::limit,
          either(WHOLE, ObjectShape.of().withAll(WHOLE, "soft", "hard").requires("soft", "hard")));

  static final Shape SERVICE =
      ObjectShape.of()
          .with("annotations", KEY_VALUES)
          .with("attach", FLAG)
          .withAll(listOf(checked("a capability", KernelNames::capability)), "cap_add", "cap_drop")
          .with("cgroup", word("cgroup namespace", "host", "private"))
          .withAll(COMMAND, "command", "entrypoint")
          .with("container_name", checked("a name", Checked::containerName))
          .with("cpus", DECIMALS)
          .withAll(WHOLE, "cpu_shares", "cpu_quota", "cpu_period")
          .with("cpuset", checked("a list of cpus", Checked::cpuset))
          .with("depends_on", DEPENDS_ON)
          .with("deploy", either(DEPLOY, NOTHING))
          .with("dns", ADDRESSES)
          .withAll(STRING_OR_LIST, "dns_search", "label_file")
          .with("tmpfs", Mounts.TMPFS)
          .with("dns_opt", STRINGS)
          .with("env_file", ENV_FILE)
          .withAll(KEY_VALUES, "environment", "labels", "sysctls")
          .with("expose", listOf(Shapes.cast("a port", Scalar.Type.TEXT, Checked::expose)))
          .with("extra_hosts", HostEntries.SHAPE)
          .with("group_add", listOf(STRING_OR_NUMBER))
          .with("healthcheck", HEALTHCHECK)
          .with("hostname", checked("a host name", Checked::hostname))
          .withAll(STRING, "domainname", "image", "user", "working_dir")
          .withAll(FLAG, "init", "privileged", "read_only", "stdin_open", "tty")
          .with("ipc", checked("a namespace", Namespaces::ipc))
          .with("logging", LOGGING)
          .withAll(BYTES, "mem_limit", "mem_reservation", "memswap_limit", "shm_size")
          .with("networks", NETWORKS)
          .with("network_mode", checked("a network mode", Namespaces::network))
          .with("oom_score_adj", Shapes.cast("a number", Scalar.Type.INTEGER, Checked::oomScore))
          .with("pid", either(checked("a namespace", Namespaces::pid), NOTHING))
          .with("pids_limit", WHOLE)
          .with("platform", STRING)
          .with("ports", listOf(PORT))
          .with("profiles", STRINGS)
          .with("pull_policy", checked("a pull policy", Checked::pullPolicy))
          .with("restart", checked("a restart policy", Checked::restart))
          .with("scale", Shapes.cast("a whole number", Scalar.Type.INTEGER, Checked::count))
          .with("security_opt", listOf(checked("a security option", Checked::securityOpt)))
          .with("stop_grace_period", DURATION)
          .with("stop_signal", checked("a signal", Checked::signal))
          .with("ulimits", ULIMITS)
          .with("uts", word("UTS namespace", "host"))
          .with("volumes", listOf(VOLUME))
          .later(NotYet.SERVICE);

  private ServiceShape() {}
}
