package dev.davit.cli.stack;

import dev.davit.compose.Mount;
import dev.davit.compose.NetworkDefinition;
import dev.davit.compose.Port;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.error.Code;
import dev.davit.error.Culprit;
import dev.davit.error.DavitException;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import dev.davit.network.PublishedPort;
import dev.davit.reconcile.Operation;
import dev.davit.reconcile.Places;
import dev.davit.reconcile.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the line of the Compose file that an operation failed of: that of the [Culprit] which the
/// failure names, or that of the whole service, never one that merely might be meant.
final class Blame {
  private static final String DEPLOYED = "deploy.resources.limits.";

  private Blame() {}

  /// The failure as the user sees it, with its place where there is one.
  static Problem problem(Optional<Project> project, Operation operation, DavitException cause) {
    String message = String.valueOf(cause.getMessage());
    String help = cause.action().orElse(null);
    return project
        .flatMap(
            model ->
                path(model, operation.subject(), cause)
                    .map(
                        path ->
                            Places.problem(
                                Code.FAILED, model, Severity.ERROR, path, message, help)))
        .orElseGet(() -> withoutPlace(operation.subject() + ": " + message, help));
  }

  private static Problem withoutPlace(String message, @Nullable String help) {
    return new Problem(Code.FAILED, Severity.ERROR, null, "", message, null, help, List.of());
  }

  private static Optional<String> path(Project project, Subject subject, DavitException cause) {
    String base =
        switch (subject.kind()) {
          case IMAGE -> imagePath(project, subject.key());
          case NETWORK -> "networks." + subject.key();
          case VOLUME -> "volumes." + subject.key();
          case CONTAINER -> "services." + subject.service();
        };
    Optional<Service> service = Optional.ofNullable(project.services().get(subject.service()));
    Stream<String> attributes =
        cause.culprit().stream()
            .flatMap(
                culprit ->
                    subject.kind() == Subject.Kind.CONTAINER
                        ? service.stream().flatMap(known -> ofService(project, known, culprit))
                        : ofResource(culprit));
    return Stream.concat(attributes.map(attribute -> base + "." + attribute), Stream.of(base))
        .filter(path -> project.sources().has(path))
        .findFirst();
  }

  // The first service that wants it.
  private static String imagePath(Project project, String reference) {
    return project.services().values().stream()
        .filter(service -> service.image().equals(reference))
        .findFirst()
        .map(service -> "services." + service.name() + ".image")
        .orElse("services");
  }

  private static Stream<String> ofResource(Culprit culprit) {
    return switch (culprit.part()) {
      case SUBNET -> Stream.of("ipam.config[0].subnet", "ipam.config", "ipam");
      case DRIVER -> Stream.of("driver");
      default -> Stream.of();
    };
  }

  // Where it may have been written, best first.
  private static Stream<String> ofService(Project project, Service service, Culprit culprit) {
    String value = culprit.value();
    return switch (culprit.part()) {
      case IMAGE -> Stream.of("image");
      case COMMAND ->
          service.command().entrypoint().filter(words -> !words.isEmpty()).isPresent()
              ? Stream.of("entrypoint")
              : Stream.of("command");
      case WORKING_DIRECTORY -> Stream.of("working_dir");
      case USER -> Stream.of("user");
      case GROUP -> Stream.of("group_add");
      case MOUNT -> mount(project, service, value);
      case PORT -> Stream.concat(port(service.networking().ports(), value), Stream.of("ports"));
      case NETWORK -> network(project, value);
      case LIMIT -> limit(value);
      case ULIMIT -> Stream.of("ulimits." + value, "ulimits");
      case CAPABILITY -> Stream.of("cap_add", "cap_drop");
      case DEVICE -> Stream.concat(device(service, value), Stream.of("devices"));
      case SYSCTL -> Stream.of("sysctls." + value, "sysctls");
      case CONFINEMENT -> Stream.of("security_opt");
      case HOOK -> Stream.of(value);
      case SUBNET, DRIVER -> Stream.of();
    };
  }

  private static Stream<String> port(List<Port> ports, String wanted) {
    return IntStream.range(0, ports.size())
        .filter(i -> published(ports.get(i)).equals(wanted))
        .mapToObj(i -> "ports[" + i + "]");
  }

  private static String published(Port port) {
    boolean everywhere = port.hostIp().isEmpty();
    return (everywhere ? "" : PublishedPort.print(port.hostIp()))
        + port.published()
        + "/"
        + port.protocol();
  }

  // The model lists the attribute volumes first, then tmpfs.
  private static Stream<String> mount(Project project, Service service, String target) {
    List<Mount> mounts = service.mounts();
    String volumes = "services." + service.name() + ".volumes[";
    int count =
        (int)
            IntStream.range(0, mounts.size())
                .takeWhile(i -> project.sources().has(volumes + i + "]"))
                .count();
    return IntStream.range(0, mounts.size())
        .filter(i -> mounts.get(i).target().equals(target))
        .boxed()
        .flatMap(
            i ->
                i < count
                    ? Stream.of("volumes[" + i + "]")
                    : Stream.of("tmpfs[" + (i - count) + "]", "tmpfs"));
  }

  private static Stream<String> device(Service service, String target) {
    var nodes = service.devices().nodes();
    return IntStream.range(0, nodes.size())
        .filter(i -> nodes.get(i).target().equals(target))
        .mapToObj(i -> "devices[" + i + "]");
  }

  private static Stream<String> network(Project project, String name) {
    return project.networks().values().stream()
        .filter(network -> network.name().equals(name))
        .map(NetworkDefinition::key)
        .map(key -> "networks." + key);
  }

  private static Stream<String> limit(String name) {
    return switch (name) {
      case "memory" -> Stream.of("mem_limit", DEPLOYED + "memory");
      case "memorySwap" -> Stream.of("memswap_limit", "mem_limit", DEPLOYED + "memory");
      case "memoryReservation" ->
          Stream.of("mem_reservation", "deploy.resources.reservations.memory");
      case "nanoCpus" -> Stream.of("cpus", DEPLOYED + "cpus", "cpu_quota");
      case "cpuShares" -> Stream.of("cpu_shares");
      case "cpuQuota" -> Stream.of("cpu_quota");
      case "cpuPeriod" -> Stream.of("cpu_period");
      case "cpusetCpus" -> Stream.of("cpuset");
      case "swappiness" -> Stream.of("mem_swappiness");
      case "oomKillDisable" -> Stream.of("oom_kill_disable");
      case "realTimePeriod" -> Stream.of("cpu_rt_period");
      case "realTimeRuntime" -> Stream.of("cpu_rt_runtime");
      case "blockIo" -> Stream.of("blkio_config");
      case "pids" -> Stream.of("pids_limit", DEPLOYED + "pids");
      default -> Stream.of();
    };
  }
}
