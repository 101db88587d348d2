package dev.davit.reconcile;

import dev.davit.compose.NetworkDefinition;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.VolumeDefinition;
import dev.davit.error.Code;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// What `up` refuses to carry out, because the stack would not be what was asked for. What it does
/// otherwise or leaves out was told when the files were loaded.
public final class Unsupported {
  private static final Set<String> DRIVERS = Set.of("", "bridge", "macvlan", "ipvlan");

  private final Project project;
  private final List<Problem> problems = new ArrayList<>();

  private Unsupported(Project project) {
    this.project = project;
  }

  /// What cannot be carried out of the project's enabled services and its networks and volumes.
  public static List<Problem> of(Project project) {
    return of(project, List.of());
  }

  /// As above.
  ///
  /// @param names the services that it is about, with what they need; all for none
  public static List<Problem> of(Project project, Collection<String> names) {
    var check = new Unsupported(project);
    Set<Service> wanted = Set.copyOf(Dependencies.ordered(project, names, true));
    project.services().values().stream().filter(wanted::contains).forEach(check::service);
    project.networks().values().forEach(check::network);
    project.volumes().values().forEach(check::volume);
    return List.copyOf(check.problems);
  }

  private void volume(VolumeDefinition volume) {
    if (!volume.external() && !volume.driver().isEmpty()) {
      unless(
          volume.driver().equals("local"),
          "volumes." + volume.key() + ".driver",
          "volume driver \"" + volume.driver() + "\"");
    }
  }

  private void service(Service service) {
    String path = "services." + service.name() + ".";
    problems.addAll(Unrunnable.of(project, service));
    problems.addAll(Unreachable.of(project, service));
    pullPolicy(service, path + "pull_policy");
    service
        .healthcheck()
        .filter(check -> check.test().isEmpty() && !check.disabled())
        .ifPresent(_ -> warn(path + "healthcheck", "timings without \"test\" have no effect"));
    startInterval(service, path + "healthcheck.start_interval");
    platform(service, path + "platform");
  }

  // docker compose loads it, and refuses it here.
  private void startInterval(Service service, String path) {
    service
        .healthcheck()
        .filter(check -> check.startInterval().isPresent() && check.startPeriod().isEmpty())
        .ifPresent(
            _ ->
                problems.add(
                    Places.problem(
                        Code.INCOMPLETE,
                        project,
                        Severity.ERROR,
                        path,
                        "start_interval without start_period",
                        "it is the interval during the start period")));
  }

  private void platform(Service service, String path) {
    Set<String> mine =
        System.getProperty("os.arch", "").equals("amd64")
            ? Set.of("amd64", "x86_64", "x86-64")
            : Set.of("arm64", "aarch64", "arm64/v8");
    service
        .source()
        .platform()
        .filter(platform -> !platform.equals("linux"))
        .filter(platform -> !mine.contains(platform.replaceFirst("^linux/", "")))
        .ifPresent(
            platform ->
                problems.add(
                    Places.problem(
                        Code.OTHER_PLATFORM,
                        project,
                        Severity.ERROR,
                        path,
                        "platform \"" + platform + "\" is not that of this machine",
                        "remove it, or run the stack on such a machine")));
  }

  private void pullPolicy(Service service, String path) {
    String policy = service.source().pullPolicy().orElse("missing");
    unless(!policy.equals("build"), path, "pull policy \"build\"");
  }

  private void network(NetworkDefinition network) {
    String path = "networks." + network.key() + ".";
    if (network.external()) {
      return;
    }
    unless(
        DRIVERS.contains(network.driver()),
        path + "driver",
        "network driver \"" + network.driver() + "\"");
    unless(subnets(network, false) <= 1, path + "ipam.config", "more than one IPv4 subnet");
    unless(subnets(network, true) <= 1, path + "ipam.config", "more than one IPv6 subnet");
    for (int i = 0; i < network.ipam().size(); i++) {
      wholeIpam(network.ipam().get(i), path + "ipam.config[" + i + "]");
    }
  }

  // docker compose loads it, and the engine refuses it.
  private void wholeIpam(NetworkDefinition.Ipam ipam, String path) {
    boolean says =
        ipam.gateway().isPresent() || ipam.ipRange().isPresent() || !ipam.auxAddresses().isEmpty();
    if (says && ipam.subnet().filter(it -> !it.isEmpty()).isEmpty()) {
      problems.add(
          Places.problem(
              Code.INCOMPLETE,
              project,
              Severity.ERROR,
              path,
              "addresses without the subnet that they are of",
              "add subnet: ADDRESS/BITS"));
    }
  }

  private static long subnets(NetworkDefinition network, boolean six) {
    return network.ipam().stream()
        .flatMap(ipam -> ipam.subnet().stream())
        .filter(subnet -> (subnet.indexOf(':') >= 0) == six)
        .count();
  }

  private void unless(boolean supported, String path, String what) {
    if (!supported) {
      problems.add(
          Places.problem(
              Code.NOT_SUPPORTED,
              project,
              Severity.ERROR,
              path,
              what + " is not supported by Davit yet",
              null));
    }
  }

  private void warn(String path, String message) {
    problems.add(Places.problem(Code.NO_EFFECT, project, Severity.WARNING, path, message, null));
  }
}
