package dev.davit.reconcile;

import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.image.Image;
import dev.davit.reconcile.Operation.CreateContainer;
import dev.davit.reconcile.Operation.RemoveContainer;
import dev.davit.reconcile.Operation.RenameContainer;
import dev.davit.reconcile.Replica.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Decides what `up` does: from what is wanted and what is there to a [Plan]. Pure: equal input
/// gives an equal plan.
public final class Planner {
  private final Project project;
  private final Observed observed;
  private final PlanOptions options;
  private final Plan.Builder plan;
  private final ImagePlan images;
  private final ResourcePlan resources;
  private final StartPlan starts;
  private final Map<String, List<Replica>> decisions;
  // The last operation on what a container is, by service: what shares its namespaces waits.
  private final Map<String, Set<Integer>> made = new HashMap<>();
  // Ids of containers that had to go before what replaces them is made.
  private final Set<String> removed = new HashSet<>();
  private final Map<String, Integer> removals = new HashMap<>();

  private Planner(
      Project project,
      Observed observed,
      PlanOptions options,
      Plan.Builder plan,
      ImagePlan images,
      Map<String, List<Replica>> decisions) {
    this.plan = plan;
    this.images = images;
    this.project = project;
    this.observed = observed;
    this.options = options;
    this.decisions = decisions;
    this.resources = new ResourcePlan(project, observed, options, plan);
    this.starts = new StartPlan(project, observed, options, resources, plan);
  }

  /// What makes `observed` what `project` says. Throws with the place in the file where that cannot
  /// be.
  public static Plan plan(Project project, Observed observed, PlanOptions options) {
    List<Service> services =
        options.oneOff().isPresent() && options.services().isEmpty()
            ? List.of()
            : Dependencies.ordered(project, options.services(), options.withDependencies());
    var plan = new Plan.Builder();
    var images = new ImagePlan(project, observed, options, plan);
    images.add(services);
    options.oneOff().ifPresent(it -> images.add(List.of(it.service())));
    var decisions = Decisions.of(project, observed, options, services);
    return new Planner(project, observed, options, plan, images, decisions).plan(services);
  }

  /// The pulls that all services of `project` begin with.
  public static Plan pulls(Project project, Observed observed) {
    var plan = new Plan.Builder();
    new ImagePlan(project, observed, PlanOptions.DEFAULT, plan)
        .add(Dependencies.ordered(project, List.of(), true));
    return plan.build();
  }

  /// The volumes of the services asked for that are not as the model says. Their data would be lost
  /// if they were made again, so that someone has to say so: [PlanOptions#lostVolumes].
  public static List<String> changedVolumes(
      Project project, Observed observed, PlanOptions options) {
    return ResourcePlan.changedVolumes(
        project,
        observed,
        Dependencies.ordered(project, options.services(), options.withDependencies()));
  }

  private Plan plan(List<Service> services) {
    resources.add(
        using(services),
        container -> stop(container, "its network is made again"),
        container -> {
          removed.add(container.id());
          return remove(container, "its volume is made again", "its volume is made again");
        });
    services.forEach(this::containers);
    resources.removeRenamed(removals);
    orphans();
    if (options.start()) {
      starts.add(services, decisions);
    }
    options.oneOff().ifPresent(this::oneOff);
    options.ready().ifPresent(starts::dependencies);
    plan.desire(Desired.of(project, observed));
    return plan.build();
  }

  private List<Service> using(List<Service> services) {
    var all = new ArrayList<>(services);
    options.oneOff().map(OneOff::service).filter(it -> !all.contains(it)).ifPresent(all::add);
    return all;
  }

  private void oneOff(OneOff oneOff) {
    Service service = oneOff.service();
    var before = new TreeSet<>(resources.before(service));
    before.addAll(starts.dependencies(service));
    before.addAll(images.before(service));
    var subject =
        new Subject(Subject.Kind.CONTAINER, oneOff.containerName(), service.name() + ":run");
    plan.add(new CreateContainer(subject, config(oneOff), "asked for by run"), before);
  }

  private ContainerConfig config(OneOff oneOff) {
    return oneOff.of(Decisions.mapping(project, observed, decisions).config(oneOff.service(), 1));
  }

  private void containers(Service service) {
    leftovers(service);
    for (Replica replica : decisions.getOrDefault(service.name(), List.of())) {
      switch (replica.verdict()) {
        case KEEP -> {}
        case CREATE -> made(replica, create(replica, replica.config(), replica.cause()));
        case RECREATE -> made(replica, recreate(replica));
        case REMOVE -> {
          Container surplus = replica.existing().orElseThrow();
          if (!removed.contains(surplus.id())) {
            remove(surplus, replica.cause(), replica.cause());
          }
        }
      }
    }
  }

  // A step that fails leaves its container for the user to look at, until the next try.
  private void leftovers(Service service) {
    for (Container container : observed.containers()) {
      if (Labels.isHook(container) && Labels.service(container).equals(service.name())) {
        int node = remove(container, "left by a pre_start", "left by a pre_start");
        starts.cleared(service.name(), node);
      }
    }
  }

  private void made(Replica replica, int node) {
    made.computeIfAbsent(replica.service().name(), _ -> new TreeSet<>()).add(node);
    starts.made(replica.name(), node);
  }

  private int create(Replica replica, ContainerConfig config, String cause) {
    var before = new TreeSet<>(resources.before(replica.service()));
    before.addAll(images.before(replica.service()));
    for (String parent : Dependencies.parents(replica.service())) {
      before.addAll(made.getOrDefault(parent, Set.of()));
    }
    return plan.add(new CreateContainer(replica.subject(), config, cause), before);
  }

  /// The new one is made beside the old one, so that a configuration that cannot be leaves the old
  /// one running.
  private int recreate(Replica replica) {
    Container old = replica.existing().orElseThrow();
    String temporary = Names.temporary(old.id(), replica.name());
    ContainerConfig config = Labels.replacing(inherit(replica, old), old);
    if (removed.contains(old.id())) {
      return create(replica, config, replica.cause());
    }
    int created = create(replica, config.withName(temporary), replica.cause());
    var before = new TreeSet<>(stopDependents(replica.service()));
    before.add(created);
    int gone = remove(old, "replaced by #" + created, before);
    return plan.add(
        new RenameContainer(
            replica.subject(), temporary, replica.name(), "replaced by #" + created),
        Set.of(gone));
  }

  private ContainerConfig inherit(Replica replica, Container old) {
    if (options.renewVolumes()) {
      return replica.config();
    }
    Image image = observed.images().get(replica.service().image());
    List<String> ofImage = image == null ? List.of() : image.config().volumes();
    return Inheritance.volumes(replica.config(), old, ofImage);
  }

  private Set<Integer> stopDependents(Service service) {
    var stops = new TreeSet<Integer>();
    for (Service dependent : project.services().values()) {
      var dependency = Dependencies.of(dependent).get(service.name());
      if (dependency != null && dependency.restart()) {
        observed.of(dependent.name()).stream()
            .filter(container -> container.state().alive() && isKept(dependent, container))
            .forEach(
                container ->
                    stops.addAll(stop(container, "it restarts with \"" + service.name() + "\"")));
      }
    }
    return stops;
  }

  private boolean isKept(Service service, Container container) {
    return decisions.getOrDefault(service.name(), List.of()).stream()
        .filter(replica -> replica.existing().filter(container::equals).isPresent())
        .allMatch(replica -> replica.verdict() == Verdict.KEEP);
  }

  private Set<Integer> stop(Container container, String cause) {
    return stop(container, cause, Set.of());
  }

  private Set<Integer> stop(Container container, String cause, Set<Integer> before) {
    Integer earlier = starts.stopped(container);
    if (earlier != null) {
      var both = new TreeSet<>(before);
      both.add(earlier);
      return both;
    }
    if (!runs(container)) {
      return before;
    }
    int node = new Hooked(plan).stop(container, subject(container), options.grace(), cause, before);
    starts.stopped(container, node);
    return Set.of(node);
  }

  private static boolean runs(Container container) {
    return switch (container.state().status()) {
      case RUNNING, PAUSED, RESTARTING, REMOVING -> true;
      case CREATED, EXITED, DEAD -> false;
    };
  }

  private int remove(Container container, String cause, String stopCause) {
    return removal(container, cause, false, stop(container, stopCause, Set.of()));
  }

  private int remove(Container container, String cause, Set<Integer> before) {
    return removal(container, cause, options.renewVolumes(), stop(container, cause, before));
  }

  private int removal(Container container, String cause, boolean volumes, Set<Integer> before) {
    int node =
        plan.add(new RemoveContainer(subject(container), container.id(), volumes, cause), before);
    removals.put(container.id(), node);
    return node;
  }

  private static Subject subject(Container container) {
    return Subject.container(Labels.service(container), Labels.number(container), container.name());
  }

  private void orphans() {
    List<Container> orphans = Orphans.of(project, observed);
    if (options.removeOrphans()) {
      orphans.stream()
          .filter(container -> !removals.containsKey(container.id()))
          .forEach(container -> remove(container, "orphan", "orphan"));
    } else if (!orphans.isEmpty() && !options.ignoreOrphans()) {
      plan.warn(
          "found orphan containers (%s) for this project: if you removed or renamed this service in your Compose file, clean up with --remove-orphans"
              .formatted(orphans.stream().map(Container::name).collect(Collectors.joining(", "))));
    }
  }
}
