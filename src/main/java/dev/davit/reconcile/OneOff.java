package dev.davit.reconcile;

import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.MountConfig;
import dev.davit.engine.Networking;
import dev.davit.engine.RestartPolicy;
import dev.davit.network.EndpointConfig;
import dev.davit.network.PortBinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container that `run` makes beside those of its service: what differs from theirs.
///
/// @param slug by which it is told from others, hex digits
/// @param name empty: made of project, service and slug
/// @param command in place of the service's
/// @param entrypoint in place of the service's; then its command does not count
/// @param env `K=V`, over the service's
/// @param mounts over the service's at the same targets
/// @param ports to publish; none of the service's unless `servicePorts`
/// @param removed whether it is removed when it has ended
/// @param useAliases whether it is found by the names of the service
public record OneOff(
    Project project,
    Service service,
    String slug,
    Optional<String> name,
    Optional<List<String>> command,
    Optional<List<String>> entrypoint,
    List<String> env,
    Map<String, String> labels,
    Optional<String> user,
    Optional<String> workingDir,
    List<String> capAdd,
    List<String> capDrop,
    List<MountConfig> mounts,
    List<PortBinding> ports,
    boolean servicePorts,
    boolean useAliases,
    boolean tty,
    boolean stdin,
    boolean removed) {
  public OneOff {
    name = name.or(() -> Optional.of(Names.oneOff(project, service, slug)));
    env = List.copyOf(env);
    labels = Map.copyOf(labels);
    capAdd = List.copyOf(capAdd);
    capDrop = List.copyOf(capDrop);
    mounts = List.copyOf(mounts);
    ports = List.copyOf(ports);
  }

  /// The name of the container.
  public String containerName() {
    return name.orElseThrow();
  }

  /// The container, made of that of its service.
  ContainerConfig of(ContainerConfig replica) {
    return replica
        .withName(containerName())
        .withLabels(labels(replica.labels()))
        .withCommand(command(replica.command()))
        .withRestart(RestartPolicy.NEVER)
        .withStop(replica.stop().withRemoved(removed))
        .withMounts(mounts(replica.mounts()))
        .withNetwork(network(replica.network()))
        .withSecurity(security(replica.security()));
  }

  private Networking network(Networking ofReplica) {
    return ofReplica.mode() == Networking.Mode.NETWORKS
        ? ofReplica.withEndpoints(
            ofReplica.endpoints().stream().map(this::endpoint).toList(),
            servicePorts ? ofReplica.ports() : ports)
        : ofReplica;
  }

  private Map<String, String> labels(Map<String, String> ofReplica) {
    var all = new HashMap<>(ofReplica);
    all.putAll(labels);
    all.remove(Labels.NUMBER);
    all.put(Labels.ONE_OFF, "True");
    all.put(Labels.SLUG, slug);
    return all;
  }

  private ContainerConfig.Command command(ContainerConfig.Command ofReplica) {
    Optional<List<String>> words =
        command.or(() -> entrypoint.isPresent() ? Optional.of(List.of()) : ofReplica.command());
    var variables = new LinkedHashMap<String, String>();
    ofReplica.env().forEach(entry -> variables.put(variable(entry), entry));
    env.forEach(entry -> variables.put(variable(entry), entry));
    return new ContainerConfig.Command(
        entrypoint.or(ofReplica::entrypoint),
        words,
        List.copyOf(variables.values()),
        user.or(ofReplica::user),
        ofReplica.groups(),
        workingDir.or(ofReplica::workingDir),
        tty,
        stdin,
        ofReplica.init());
  }

  private static String variable(String entry) {
    int equals = entry.indexOf('=');
    return equals < 0 ? entry : entry.substring(0, equals);
  }

  private List<MountConfig> mounts(List<MountConfig> ofReplica) {
    var all = new ArrayList<MountConfig>();
    ofReplica.stream()
        .filter(mount -> mounts.stream().noneMatch(it -> it.target().equals(mount.target())))
        .forEach(all::add);
    all.addAll(mounts);
    return all;
  }

  private EndpointConfig endpoint(EndpointConfig ofReplica) {
    return useAliases ? ofReplica : ofReplica.withNames(List.of());
  }

  private ContainerConfig.Security security(ContainerConfig.Security ofReplica) {
    return ofReplica.withCapabilities(
        joined(ofReplica.capAdd(), capAdd), joined(ofReplica.capDrop(), capDrop));
  }

  private static List<String> joined(List<String> ofReplica, List<String> more) {
    var all = new ArrayList<>(ofReplica);
    all.addAll(more);
    return all;
  }
}
