package dev.davit.reconcile;

import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.error.Code;
import dev.davit.reconcile.PlanOptions.Recreate;
import dev.davit.reconcile.Replica.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides for each container whether it stays, goes, or is made again.
final class Decisions {
  private final Project project;
  private final Observed observed;
  private final PlanOptions options;
  private final Divergence divergence;
  private final ServiceToContainer mapping;
  private final Map<String, List<Replica>> byService = new LinkedHashMap<>();

  private Decisions(Project project, Observed observed, PlanOptions options) {
    this.project = project;
    this.observed = observed;
    this.options = options;
    this.divergence = new Divergence(observed);
    this.mapping = new ServiceToContainer(project, observed.images(), this::firstContainer);
  }

  /// How services become containers when these decisions have been carried out.
  static ServiceToContainer mapping(
      Project project, Observed observed, Map<String, List<Replica>> decided) {
    var decisions = new Decisions(project, observed, PlanOptions.DEFAULT);
    decisions.byService.putAll(decided);
    return decisions.mapping;
  }

  /// The replicas of each of `services`, which come in dependency order.
  static Map<String, List<Replica>> of(
      Project project, Observed observed, PlanOptions options, List<Service> services) {
    var decisions = new Decisions(project, observed, options);
    for (Service service : services) {
      decisions.byService.put(service.name(), decisions.decide(service));
    }
    return decisions.byService;
  }

  private List<Replica> decide(Service service) {
    int scale = options.scale().getOrDefault(service.name(), service.replicas());
    if (scale > 1 && service.naming().containerName().isPresent()) {
      throw Places.error(
          Code.NAME_TAKEN,
          project,
          "services." + service.name() + ".container_name",
          "a container name is for one replica, not for " + scale,
          "leave container_name out, or scale to 1");
    }
    if (scale > 0) {
      Dependencies.parents(service).forEach(parent -> checkParent(service, parent));
    }
    var existing = new ArrayList<Replica>();
    for (Container container : observed.of(service.name())) {
      existing.add(judge(service, container));
    }
    // The up-to-date ones stay first; else the lower numbers.
    existing.sort(
        Comparator.comparing((Replica replica) -> isStale(service, replica))
            .thenComparingInt(Replica::number));
    var replicas = new ArrayList<Replica>();
    for (int i = 0; i < existing.size(); i++) {
      replicas.add(i < scale ? existing.get(i) : surplus(existing.get(i), existing.size(), scale));
    }
    int next =
        1 + replicas.stream().filter(Replica::stays).mapToInt(Replica::number).max().orElse(0);
    for (int i = existing.size(); i < scale; i++) {
      replicas.add(missing(service, next++, existing.size(), scale));
    }
    replicas.sort(Comparator.comparingInt(Replica::number));
    return replicas;
  }

  private void checkParent(Service service, String parent) {
    boolean there =
        byService.getOrDefault(parent, List.of()).stream().anyMatch(Replica::stays)
            || !observed.of(parent).isEmpty();
    if (!there) {
      throw Places.error(
          Code.UNDEFINED_SERVICE,
          project,
          "services." + service.name(),
          "service \"%s\" needs a container of \"%s\", of which there is none"
              .formatted(service.name(), parent),
          "start \"" + parent + "\" too, without --no-deps");
    }
  }

  // Also where nothing is recreated: the old ones go first.
  private boolean isStale(Service service, Replica replica) {
    return replica.verdict() != Verdict.KEEP
        || replica
            .existing()
            .flatMap(
                container ->
                    divergence.of(service, container, mapping.config(service, replica.number())))
            .isPresent();
  }

  private Replica judge(Service service, Container container) {
    int number = Labels.number(container);
    ContainerConfig wanted = mapping.config(service, number);
    Optional<String> reason =
        switch (strategy(service)) {
          case NEVER -> Optional.<String>empty();
          case ALWAYS -> Optional.of("recreation is forced");
          case IF_CHANGED -> divergence.of(service, container, wanted);
        };
    reason = reason.or(() -> parentRecreated(service)).or(() -> volumeRecreated(container));
    return reason
        .map(why -> replica(service, number, wanted, container, Verdict.RECREATE, why))
        .orElseGet(() -> replica(service, number, container.config(), container, Verdict.KEEP, ""));
  }

  private static Replica replica(
      Service service,
      int number,
      ContainerConfig config,
      Container container,
      Verdict verdict,
      String cause) {
    return new Replica(service, number, config, Optional.of(container), verdict, cause);
  }

  private static Replica surplus(Replica replica, int existing, int scale) {
    return new Replica(
        replica.service(),
        replica.number(),
        replica.existing().orElseThrow().config(),
        replica.existing(),
        Verdict.REMOVE,
        "scaled from %d to %d".formatted(existing, scale));
  }

  private Replica missing(Service service, int number, int existing, int scale) {
    String cause =
        existing == 0 ? "no container" : "scaled from %d to %d".formatted(existing, scale);
    return new Replica(
        service, number, mapping.config(service, number), Optional.empty(), Verdict.CREATE, cause);
  }

  private Recreate strategy(Service service) {
    boolean asked = options.services().isEmpty() || options.services().contains(service.name());
    return asked ? options.recreate() : options.recreateDependencies();
  }

  private Optional<String> volumeRecreated(Container container) {
    return container.mounts().stream()
        .map(Container.Mount::source)
        .filter(options.lostVolumes()::contains)
        .findFirst()
        .map(volume -> "volume \"" + volume + "\" is made again");
  }

  private Optional<String> parentRecreated(Service service) {
    return Dependencies.parents(service).stream()
        .filter(
            parent ->
                Replica.staying(byService.getOrDefault(parent, List.of())).stream()
                    .limit(1)
                    .anyMatch(replica -> replica.verdict() != Verdict.KEEP))
        .findFirst()
        .map(parent -> "uses \"" + parent + "\", which is made again");
  }

  private String firstContainer(String service) {
    List<Replica> decided = Replica.staying(byService.getOrDefault(service, List.of()));
    if (!decided.isEmpty()) {
      return decided.getFirst().name();
    }
    List<Container> existing = observed.of(service);
    if (!existing.isEmpty()) {
      return existing.getFirst().name();
    }
    Service other = project.services().get(service);
    return other == null ? service : Names.container(project, other, 1);
  }
}
