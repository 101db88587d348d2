package dev.davit.reconcile;

import dev.davit.compose.ConfigHash;
import dev.davit.compose.Mount;
import dev.davit.compose.NamespaceMode;
import dev.davit.compose.NetworkDefinition;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.VolumeDefinition;
import dev.davit.engine.Container;
import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.network.Cidr;
import dev.davit.network.Ip;
import dev.davit.network.Network;
import dev.davit.network.NetworkConfig;
import dev.davit.network.Networks;
import dev.davit.network.Subnet;
import dev.davit.reconcile.Operation.CreateNetwork;
import dev.davit.reconcile.Operation.CreateVolume;
import dev.davit.reconcile.Operation.RemoveNetwork;
import dev.davit.reconcile.Operation.RemoveVolume;
import dev.davit.volume.Volume;
import dev.davit.volume.VolumeConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The part of a plan that makes networks and volumes.
final class ResourcePlan {
  private static final String CHANGED = "configuration changed";

  private final Project project;
  private final Observed observed;
  private final PlanOptions options;
  private final Plan.Builder plan;
  private final Map<String, Integer> networkNodes = new HashMap<>();
  private final Map<String, Integer> volumeNodes = new HashMap<>();

  ResourcePlan(Project project, Observed observed, PlanOptions options, Plan.Builder plan) {
    this.project = project;
    this.observed = observed;
    this.options = options;
    this.plan = plan;
  }

  /// Plans what `services` use and is not there.
  ///
  /// @param stop plans the end of a container and returns the ids of its operations
  /// @param remove plans the removal of a container and returns the id of the operation
  void add(
      List<Service> services,
      Function<Container, Set<Integer>> stop,
      ToIntFunction<Container> remove) {
    var networks = new TreeSet<String>();
    services.forEach(service -> networks.addAll(service.networking().networks().keySet()));
    var volumes = new TreeSet<>(volumesOf(services));
    if (options.allResources()) {
      networks.addAll(project.networks().keySet());
      volumes.addAll(project.volumes().keySet());
    }
    services.forEach(this::foreign);
    for (String key : networks) {
      NetworkDefinition network = project.networks().get(key);
      if (network != null) {
        network(network, stop);
      }
    }
    for (String key : volumes) {
      VolumeDefinition volume = project.volumes().get(key);
      if (volume != null) {
        volume(volume, remove);
      }
    }
  }

  // `network_mode` may name a network that is not the project's.
  private void foreign(Service service) {
    if (service.networking().mode() instanceof NamespaceMode.OnNetwork(String name)
        && observed.network(NetworkMapping.network(name)).isEmpty()
        && !Networks.PREDEFINED.contains(NetworkMapping.network(name))) {
      throw Places.error(
          Code.EXTERNAL_NOT_HERE,
          project,
          "services." + service.name() + ".network_mode",
          "network \"%s\" does not exist".formatted(name),
          "name a network that exists, or use networks:");
    }
  }

  /// What has to be done before a container of `service` can be created.
  Set<Integer> before(Service service) {
    var nodes = new TreeSet<Integer>();
    for (String key : service.networking().networks().keySet()) {
      Optional.ofNullable(networkNodes.get(key)).ifPresent(nodes::add);
    }
    for (Mount mount : service.mounts()) {
      if (mount.type() == Mount.Type.VOLUME) {
        Optional.ofNullable(volumeNodes.get(mount.source())).ifPresent(nodes::add);
      }
    }
    return nodes;
  }

  private void network(NetworkDefinition definition, Function<Container, Set<Integer>> stop) {
    String path = "networks." + definition.key();
    Optional<Network> existing = observed.network(definition.name());
    if (definition.external()) {
      if (existing.isEmpty() && !Networks.PREDEFINED.contains(definition.name())) {
        throw Places.error(
            Code.EXTERNAL_NOT_HERE,
            project,
            path,
            "network \"%s\" is external and does not exist".formatted(definition.name()),
            null);
      }
      return;
    }
    var subject = new Subject(Subject.Kind.NETWORK, definition.name(), definition.key());
    if (existing.isEmpty()) {
      networkNodes.put(
          definition.key(),
          plan.add(new CreateNetwork(subject, config(definition), "not found"), Set.of()));
    } else if (!observed.isOwn(existing.get().config().labels())) {
      plan.warn(
          "network \"%s\" was not made by this project; set external: true to use it"
              .formatted(definition.name()));
    } else if (changed(existing.get().config().labels(), definition.configHash())) {
      replace(definition, subject, stop);
    }
  }

  // The containers stay: they name the network and find the new one when they start.
  private void replace(
      NetworkDefinition definition, Subject subject, Function<Container, Set<Integer>> stop) {
    var stops = new TreeSet<Integer>();
    observed.containers().stream()
        .filter(container -> container.state().alive())
        .filter(container -> isOn(container, definition.name()))
        .forEach(container -> stops.addAll(stop.apply(container)));
    int removed = plan.add(new RemoveNetwork(subject, CHANGED), stops);
    networkNodes.put(
        definition.key(),
        plan.add(new CreateNetwork(subject, config(definition), CHANGED), Set.of(removed)));
  }

  private static Set<String> volumesOf(List<Service> services) {
    return services.stream()
        .flatMap(service -> service.mounts().stream())
        .filter(mount -> mount.type() == Mount.Type.VOLUME && !mount.source().isEmpty())
        .map(Mount::source)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The names of volumes of `services` that are not as the model says.
  static List<String> changedVolumes(Project project, Observed observed, List<Service> services) {
    return volumesOf(services).stream()
        .flatMap(key -> Stream.ofNullable(project.volumes().get(key)))
        .filter(definition -> !definition.external())
        .filter(
            definition ->
                observed
                    .volume(definition.name())
                    .map(volume -> volume.config().labels())
                    .filter(observed::isOwn)
                    .filter(labels -> changed(labels, definition.configHash()))
                    .isPresent())
        .map(VolumeDefinition::name)
        .toList();
  }

  /// Networks that the project had under another name go, if nobody is on them any more.
  ///
  /// @param removals by id of container: the operation that removes it
  void removeRenamed(Map<String, Integer> removals) {
    for (Network network : observed.networks()) {
      String key = network.config().labels().getOrDefault(Labels.NETWORK, "");
      NetworkDefinition definition = project.networks().get(key);
      List<Container> on =
          observed.containers().stream().filter(it -> isOn(it, network.name())).toList();
      if (observed.isOwn(network.config().labels())
          && definition != null
          && !definition.name().equals(network.name())
          && on.stream().allMatch(container -> removals.containsKey(container.id()))) {
        plan.add(
            new RemoveNetwork(
                new Subject(Subject.Kind.NETWORK, network.name(), key),
                "renamed to \"" + definition.name() + "\""),
            on.stream().map(container -> removals.get(container.id())).toList());
      }
    }
  }

  private static boolean isOn(Container container, String network) {
    return container.config().network().endpoints().stream()
        .anyMatch(endpoint -> endpoint.network().equals(network));
  }

  // Whoever has it mounted would hold on to the old one.
  private void replace(
      VolumeDefinition definition, Subject subject, ToIntFunction<Container> remove) {
    var before = new TreeSet<Integer>();
    observed.containers().stream()
        .filter(
            container ->
                container.mounts().stream()
                    .anyMatch(mount -> mount.source().equals(definition.name())))
        .forEach(container -> before.add(remove.applyAsInt(container)));
    int removed = plan.add(new RemoveVolume(subject, CHANGED), before);
    volumeNodes.put(
        definition.key(),
        plan.add(new CreateVolume(subject, config(definition), CHANGED), Set.of(removed)));
  }

  private void volume(VolumeDefinition definition, ToIntFunction<Container> remove) {
    String path = "volumes." + definition.key();
    Optional<Volume> existing = observed.volume(definition.name());
    if (definition.external()) {
      if (existing.isEmpty()) {
        throw Places.error(
            Code.EXTERNAL_NOT_HERE,
            project,
            path,
            "volume \"%s\" is external and does not exist".formatted(definition.name()),
            null);
      }
      return;
    }
    var subject = new Subject(Subject.Kind.VOLUME, definition.name(), definition.key());
    if (existing.isEmpty()) {
      volumeNodes.put(
          definition.key(),
          plan.add(new CreateVolume(subject, config(definition), "not found"), Set.of()));
    } else if (!observed.isOwn(existing.get().config().labels())) {
      plan.warn(
          "volume \"%s\" was not made by this project; set external: true to use it"
              .formatted(definition.name()));
    } else if (changed(existing.get().config().labels(), definition.configHash())) {
      if (options.lostVolumes().contains(definition.name())) {
        replace(definition, subject, remove);
        return;
      }
      plan.warn(
          "volume \"%s\" is not as the Compose file says; it is kept with its data, remove it to have it made again"
              .formatted(definition.name()));
    }
  }

  private static boolean changed(Map<String, String> labels, ConfigHash hash) {
    return !labels.getOrDefault(Labels.CONFIG_HASH, hash.text()).equals(hash.text());
  }

  private static Subnet subnet(NetworkDefinition.Ipam ipam) {
    return new Subnet(
        Cidr.parse(ipam.subnet().orElseThrow()),
        ipam.gateway().map(Ip::parse),
        ipam.ipRange().map(Cidr::parse),
        ipam.auxAddresses().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, aux -> Ip.parse(aux.getValue()))));
  }

  private NetworkConfig config(NetworkDefinition definition) {
    String path = "networks." + definition.key() + ".ipam.config";
    try {
      List<Subnet> subnets =
          definition.ipam().stream()
              .filter(ipam -> !ipam.subnet().orElse("").isEmpty())
              .map(ResourcePlan::subnet)
              .toList();
      return new NetworkConfig(
          definition.name(),
          definition.driver().isEmpty() ? "bridge" : definition.driver(),
          definition.internal(),
          definition.ipv4().orElse(true),
          definition.ipv6().orElse(subnets.stream().anyMatch(it -> it.subnet().isIpv6())),
          subnets,
          definition.driverOpts(),
          labels(definition.labels(), Labels.NETWORK, definition.key(), definition.configHash()));
    } catch (DavitException e) {
      throw Places.error(project, path, e);
    }
  }

  private VolumeConfig config(VolumeDefinition definition) {
    return new VolumeConfig(
        definition.name(),
        definition.driver(),
        definition.driverOpts(),
        labels(definition.labels(), Labels.VOLUME, definition.key(), definition.configHash()));
  }

  private Map<String, String> labels(
      Map<String, String> own, String kind, String key, ConfigHash hash) {
    var labels = new HashMap<>(own);
    labels.put(Labels.PROJECT, project.name());
    labels.put(kind, key);
    labels.put(Labels.VERSION, Labels.COMPOSE_VERSION);
    labels.put(Labels.CONFIG_HASH, hash.text());
    return labels;
  }
}
