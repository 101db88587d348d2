package dev.davit.cli.stack;

import static java.util.stream.Collectors.joining;

import dev.davit.cli.Diagnostics;
import dev.davit.cli.Session;
import dev.davit.cli.copy.Syncing;
import dev.davit.cli.copy.Syncing.Synced;
import dev.davit.cli.progress.Renderers;
import dev.davit.compose.Project;
import dev.davit.engine.Container;
import dev.davit.engine.Event;
import dev.davit.engine.HostFiles;
import dev.davit.error.DavitException;
import dev.davit.reconcile.ExecPlanner;
import dev.davit.reconcile.Labels;
import dev.davit.reconcile.LifecyclePlanner;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.Plan;
import dev.davit.watch.Batch;
import dev.davit.watch.Rule;
import dev.davit.watch.Rule.Mapping;
import dev.davit.watch.Rules;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Follows the watch rules of a project: copies, restarts and runs commands as files change, until
/// it is closed. What goes wrong is told, and the next change is tried again.
final class Watching implements AutoCloseable, HostFiles.Listener {
  private static final int MOST_LINES = 10;

  private final Session session;
  private final Machine machine;
  private final Project project;
  private final Rules rules;
  private final Consumer<String> tell;
  private final Syncing syncing;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> known = new HashSet<>();
  // What a container has that its image has not, by service.
  private final Map<String, Set<Mapping>> synced = new HashMap<>();
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private HostFiles.@Nullable Watched watched;
  private @Nullable AutoCloseable subscription;
  private volatile @Nullable Execution execution;

  /// @param tell prints a line about what is done
  private Watching(
      Session session, Machine machine, Project project, Rules rules, Consumer<String> tell) {
    this.session = session;
    this.machine = machine;
    this.project = project;
    this.rules = rules;
    this.tell = tell;
    this.syncing = new Syncing(machine.archives());
  }

  /// The rules of `services`, all where there are none; what is not followed is said.
  static Rules rules(Session session, Project project, List<String> services) {
    Rules rules = Rules.of(project, services, new Rules.Host(Watching::real, Watching::text));
    Diagnostics.show(session, rules.warnings());
    return rules;
  }

  /// The containers are there already.
  static Watching begin(
      Session session, Machine machine, Project project, Rules rules, Consumer<String> tell) {
    var watching = new Watching(session, machine, project, rules, tell);
    watching.begin();
    return watching;
  }

  private void begin() {
    lock.lock();
    try {
      Observed observed = machine.observer().observe(project);
      subscription = machine.events().subscribe(this::event);
      watched = machine.hostFiles().watch(rules.roots(), rules::enters, this);
      for (String service : services()) {
        for (Container container : observed.of(service)) {
          known.add(container.id());
          initialSync(service, container);
        }
      }
      tell.accept("Watch enabled");
    } catch (RuntimeException e) {
      end();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private List<String> services() {
    return rules.rules().stream().map(Rule::service).distinct().toList();
  }

  private void initialSync(String service, Container container) {
    List<Mapping> mappings = initial(service);
    if (!mappings.isEmpty()) {
      sync(service, List.of(container), mappings, "at the beginning");
    }
  }

  private List<Mapping> initial(String service) {
    Set<String> present = watched == null ? Set.of() : watched.present();
    return rules.rules().stream()
        .filter(rule -> rule.service().equals(service) && rule.watch().initialSync())
        .filter(Rule::syncs)
        .flatMap(rule -> present.stream().flatMap(path -> rule.mapping(path).stream()))
        .distinct()
        .toList();
  }

  @Override
  public void changed(Set<String> paths) {
    lock.lock();
    try {
      handle(Batch.of(rules.rules(), paths));
    } catch (DavitException e) {
      report(e);
    } finally {
      lock.unlock();
    }
  }

  private void handle(Batch batch) {
    explain(batch.causes());
    Batch rest = batch;
    for (var sync : batch.syncs().entrySet()) {
      String service = sync.getKey();
      List<Mapping> mappings = sync.getValue();
      synced.computeIfAbsent(service, _ -> new LinkedHashSet<>()).addAll(mappings);
      List<Container> containers = machine.observer().observe(project).of(service);
      if (!sync(service, containers, mappings, "were detected")) {
        rest = rest.withoutFollowing(service);
      }
    }
    restart(rest.restarts().keySet());
    for (Batch.Exec exec : rest.execs()) {
      Rule rule = exec.rule();
      rule.watch()
          .exec()
          .ifPresent(
              hook ->
                  run(
                      ExecPlanner.plan(
                          machine.observer().observe(project),
                          rule.service(),
                          hook,
                          rule.index(),
                          exec.path() + " has changed")));
    }
  }

  private void explain(List<String> lines) {
    if (session.globals().progress().equals("quiet")) {
      return;
    }
    lines.stream().limit(MOST_LINES).forEach(line -> session.note(" " + line));
    if (lines.size() > MOST_LINES) {
      session.note(" ... and " + (lines.size() - MOST_LINES) + " more");
    }
  }

  private void explain(Container container, Synced synced) {
    explain(
        Stream.concat(
                synced.removed().stream().map(path -> "Removed " + path),
                synced.copied().stream().map(path -> "Copied " + path))
            .map(done -> "Container " + container.name() + "  " + done)
            .toList());
  }

  private boolean sync(
      String service, List<Container> containers, List<Mapping> mappings, String when) {
    tell.accept(
        "Syncing service \"%s\" after %d changes %s".formatted(service, mappings.size(), when));
    boolean succeeded = true;
    for (Container container : containers) {
      try {
        explain(container, syncing.sync(container.id(), mappings));
      } catch (DavitException e) {
        report(e);
        succeeded = false;
      }
    }
    return succeeded;
  }

  private void restart(Collection<String> services) {
    if (services.isEmpty()) {
      return;
    }
    Observed observed = machine.observer().observe(project);
    if (run(LifecyclePlanner.restart(observed, services, true, Optional.empty()))) {
      String names = services.stream().map(name -> "\"" + name + "\"").collect(joining(" "));
      tell.accept("service(s) [%s] restarted".formatted(names));
    }
  }

  private boolean run(Plan plan) {
    var run = new Execution(session, machine, Optional.of(project));
    execution = run;
    return run.run(plan, Renderers.besideOutput(session)).succeeded();
  }

  private void report(DavitException cause) {
    Diagnostics.show(session, cause);
  }

  private void event(Event event) {
    String service = event.attributes().getOrDefault(Labels.SERVICE, "");
    boolean ours =
        event.type() == Event.Type.CONTAINER
            && event.action().equals("start")
            && project.name().equals(event.attributes().get(Labels.PROJECT))
            && services().contains(service);
    if (ours) {
      machine
          .containers()
          .find(event.id())
          .filter(container -> !Labels.oneOff(container))
          .ifPresent(container -> started(service, container));
    }
  }

  // A new container has only what its image has.
  private void started(String service, Container container) {
    lock.lock();
    try {
      if (known.add(container.id())) {
        var mappings = new LinkedHashSet<>(initial(service));
        mappings.addAll(synced.getOrDefault(service, Set.of()));
        if (!mappings.isEmpty()) {
          sync(
              service,
              List.of(container),
              List.copyOf(mappings),
              "for its new container " + container.name());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void failed(DavitException cause) {
    report(cause);
    tell.accept("Watch disabled with errors");
    failure.completeExceptionally(cause);
  }

  /// Completes, exceptionally, when nothing can be watched any more.
  CompletableFuture<Void> failure() {
    return failure;
  }

  @Override
  public void close() {
    Execution running = execution;
    if (running != null) {
      running.cancel();
    }
    end();
    tell.accept("Watch disabled");
  }

  private void end() {
    if (watched != null) {
      watched.close();
    }
    try {
      if (subscription != null) {
        subscription.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  // As far as it exists: the rest may come later.
  private static Path real(Path path) {
    Path normal = path.toAbsolutePath().normalize();
    for (Path there = normal; there != null; there = there.getParent()) {
      try {
        return there.toRealPath().resolve(there.relativize(normal)).normalize();
      } catch (IOException e) {
        // Look above.
      }
    }
    return normal;
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (MalformedInputException e) {
      throw new DavitException(
          dev.davit.error.Kind.INVALID, "\"%s\" is no UTF-8 text".formatted(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
