package dev.davit.reconcile;

import dev.davit.engine.Container;
import dev.davit.engine.Engine;
import dev.davit.engine.Event;
import dev.davit.error.DavitException;
import dev.davit.reconcile.Operation.StartContainer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps to the graph of the projects while nobody gives commands: what comes up again does so in
/// the order of its dependencies, and who asked for it restarts along with what it depends on.
public final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Engine engine;
  private final Observer observer;
  private final DesiredProjects desired;
  private final OperationRunner operations;
  private final Cancellation revival = new Cancellation();
  private final Map<String, Cancellation> following = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> revived = new CompletableFuture<>();
  private @Nullable AutoCloseable subscription;

  public Upkeep(
      Engine engine, Observer observer, DesiredProjects desired, OperationRunner operations) {
    this.engine = engine;
    this.observer = observer;
    this.desired = desired;
    this.operations = operations;
  }

  /// Begins, and does not wait for what it has begun.
  public void begin() {
    subscription = engine.events().subscribe(this::happened);
    desired.forgetOthers(observer.all().stream().map(Labels::project).collect(Collectors.toSet()));
    if (engine.due().isEmpty()) {
      revived.complete(null);
    } else {
      Thread.ofVirtual().name("revival").start(this::revive);
    }
  }

  /// Completes when everything is up again that can be.
  public CompletableFuture<Void> revived() {
    return revived;
  }

  private void revive() {
    Plan plan =
        RevivalPlanner.plan(engine.containers().list(), Set.copyOf(engine.due()), desired::find);
    LOG.info("{} containers come up again:\n{}", engine.due().size(), plan.print());
    plan.warnings().forEach(LOG::warn);
    var runner =
        new PlanRunner(
            (operation, cancel, output) -> {
              if (operation instanceof StartContainer(_, String id, _)) {
                engine.resume(id);
                return Optional.empty();
              }
              return operations.run(operation, cancel, output);
            },
            new Logged(),
            0);
    PlanResult result = runner.run(plan, revival);
    if (!result.cancelled()) {
      // What it depends on is down, and nobody is there to decide: its policy says that it runs.
      result.skipped().forEach(node -> anyway(node.operation()));
    }
    revived.complete(null);
  }

  private void anyway(Operation operation) {
    if (operation instanceof StartContainer(_, String id, _)) {
      try {
        LOG.warn("{} is started without what it depends on", operation.subject());
        engine.resume(id);
      } catch (DavitException e) {
        LOG.warn("{} cannot be started: {}", operation.subject(), e.getMessage());
      }
    }
  }

  private void happened(Event event) {
    String service = event.attributes().get(Labels.SERVICE);
    if (event.type() == Event.Type.CONTAINER
        && event.action().equals("start")
        && event.attributes().containsKey(Event.RESTART_COUNT)
        && service != null) {
      Thread.ofVirtual().name("follow-" + service).start(() -> follow(event, service));
    }
  }

  // Whoever starts again while its followers still wait for it makes them wait anew.
  private void follow(Event event, String service) {
    String project = event.attributes().getOrDefault(Labels.PROJECT, "");
    Observed observed = observer.observe(project);
    Instant since =
        engine
            .containers()
            .find(event.id())
            .map(Container::state)
            .flatMap(state -> state.startedAt())
            .orElse(event.time());
    Plan plan = LifecyclePlanner.follow(observed, service, since);
    if (plan.isEmpty()) {
      return;
    }
    LOG.info("restarts along with {}:\n{}", event.name(), plan.print());
    var cancel = new Cancellation();
    String key = project + "/" + service;
    Cancellation before = following.put(key, cancel);
    if (before != null) {
      before.cancel();
    }
    try {
      var _ = new PlanRunner(operations, new Logged(), 0).run(plan, cancel);
    } finally {
      following.remove(key, cancel);
    }
  }

  /// Begins nothing any more; what has begun is left as it is.
  @Override
  public void close() {
    revival.cancel();
    following.values().forEach(Cancellation::cancel);
    AutoCloseable open = subscription;
    if (open != null) {
      try {
        open.close();
      } catch (Exception e) {
        LOG.debug("the subscription is not closed", e);
      }
    }
  }

  private static final class Logged implements Progress {
    @Override
    public void failed(Plan.Node node, DavitException cause) {
      LOG.warn(
          "{} {}: {}", node.operation().verb(), node.operation().subject(), cause.getMessage());
    }

    @Override
    public void warned(Plan.Node node, String warning) {
      LOG.warn("{}: {}", node.operation().subject(), warning);
    }

    @Override
    public void output(Plan.Node node, String line) {
      LOG.info("{} ->  | {}", node.operation().subject().shortName(), line);
    }
  }
}
