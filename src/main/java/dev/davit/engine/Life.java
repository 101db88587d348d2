package dev.davit.engine;

import dev.davit.cgroup.Limits;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Kernel;
import dev.davit.network.Sandbox;
import dev.davit.runtime.Starter;
import dev.davit.runtime.Stdio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One container in the engine's memory: what is known of it and who waits for it. Each change is
/// saved, seen by [#container] and told to those who wait, in this order.
final class Life {
  private static final Logger LOG = LoggerFactory.getLogger(Life.class);

  /// Held for the length of a verb that changes the process. The end of a process does not take it.
  final ReentrantLock verbs = new ReentrantLock(true);

  private final ReentrantLock lock = new ReentrantLock();
  private final StateFiles files;
  private final LogFile log;
  private final List<Waiter> waiters = new ArrayList<>();
  private final List<Runnable> observers = new CopyOnWriteArrayList<>();
  private final List<Attachment> attachments = new CopyOnWriteArrayList<>();
  private volatile Definition definition;
  private volatile Saved saved;
  private volatile Optional<Sandbox> sandbox = Optional.empty();
  private volatile Map<String, String> contents = Map.of();
  private volatile boolean removed;
  private volatile boolean startFollows;
  private volatile String killer = "";
  private volatile Stdio.Terminal screen = new Stdio.Terminal(24, 80);
  private volatile @Nullable Task task;
  private volatile @Nullable Runnable takeover;
  private volatile String obstacle = "";
  private long exits;

  // By the holder of `verbs`, or by the end of the process.
  private volatile Duration pause = Duration.ZERO;
  private volatile @Nullable Future<?> restart;

  private record Waiter(Predicate<Container> condition, CompletableFuture<Container> result) {}

  Life(Definition definition, Saved saved, StateFiles files, LogFile log) {
    this.definition = definition;
    this.saved = saved;
    this.files = files;
    this.log = log;
  }

  String id() {
    return definition.id();
  }

  String name() {
    return definition.config().name();
  }

  ContainerConfig config() {
    return definition.config();
  }

  /// How it is run: [#config] and its allowance.
  ContainerConfig granted() {
    return definition.granted();
  }

  Definition definition() {
    return definition;
  }

  Saved saved() {
    return saved;
  }

  ContainerState state() {
    return saved.state();
  }

  LogFile log() {
    return log;
  }

  /// It is of an earlier engine, and `takeover` makes it one of this.
  void takeover(Runnable takeover) {
    this.takeover = takeover;
  }

  /// Waits until it is one of this engine; nothing else is waited for. Where that fails it goes on:
  /// it can still be killed and removed.
  void takenOver() {
    Runnable open = takeover;
    if (open != null) {
      open.run();
    }
  }

  /// Why it is not taken over; empty if it is.
  void obstacle(String why) {
    obstacle = why;
    if (why.isEmpty()) {
      takeover = null;
    }
  }

  /// Its process while it runs.
  Optional<Task> task() {
    return Optional.ofNullable(task);
  }

  /// Those who have their streams on it.
  List<Attachment> attachments() {
    return attachments;
  }

  /// Puts the streams of a caller on it, until they are closed or it has ended for good.
  void attach(Attachment attachment) {
    attachments.add(attachment);
    task().ifPresent(attachment::begin);
  }

  /// It runs: what its callers send gets there from now on.
  void begin(Task started) {
    task = started;
    screen(screen); // it may have changed while the process was made
    attachments.forEach(attachment -> attachment.begin(started));
  }

  /// Its process has ended.
  ///
  /// @param forGood no other follows
  void pauseAttached(boolean forGood) {
    List<Attachment> all = List.copyOf(attachments);
    all.forEach(forGood ? Attachment::end : Attachment::pause);
    if (forGood) {
      attachments.removeAll(all);
    }
  }

  /// It has no process any more; [#signal] does not use its pidfd from now on.
  void dropTask() {
    lock.lock();
    try {
      task = null;
    } finally {
      lock.unlock();
    }
  }

  /// Sends `number` to its PID 1, if it has one.
  void signal(int number) {
    lock.lock();
    try {
      if (task().isPresent()) {
        Kernel.sendSignal(task().get().pidfd(), number);
      } else if (state().alive()) {
        Boot.signal(state().pid(), saved.startTime(), number);
      }
    } finally {
      lock.unlock();
    }
  }

  /// The size of its terminal, if it has one.
  Stdio.Terminal screen() {
    return screen;
  }

  void screen(Stdio.Terminal size) {
    lock.lock();
    try {
      screen = size;
      task().flatMap(Task::terminal).ifPresent(terminal -> Starter.resize(terminal, size));
    } finally {
      lock.unlock();
    }
  }

  /// As [#task()]; WRONG_STATE if it does not run, UNAVAILABLE if it is not taken over.
  Task running() {
    return task()
        .orElseThrow(
            () ->
                obstacle.isEmpty() || !state().alive()
                    ? new DavitException(
                        Kind.WRONG_STATE,
                        "container \"" + name() + "\" is not running",
                        "start it first")
                    : new DavitException(
                        Kind.UNAVAILABLE,
                        "container \"%s\" runs, but is not taken over: %s"
                            .formatted(name(), obstacle),
                        "remove the cause and try again; it can be stopped and removed"));
  }

  Optional<Sandbox> sandbox() {
    return sandbox;
  }

  /// Remembers what `known` says now: of several threads that do this the last one is right.
  void sandbox(Supplier<Optional<Sandbox>> known) {
    lock.lock();
    try {
      sandbox = known.get();
    } finally {
      lock.unlock();
    }
  }

  /// Digests of the contents that it has been handed, by target.
  void contents(Map<String, String> digests) {
    contents = Map.copyOf(digests);
  }

  Container container() {
    Definition is = definition;
    Saved now = saved;
    return new Container(
        is.id(),
        is.config(),
        is.imageId(),
        is.created(),
        obstacle.isEmpty() ? now.state() : now.state().withError("not taken over: " + obstacle),
        now.restartCount(),
        is.mounts(),
        sandbox,
        contents,
        is.allowance().orElse(Allowance.NONE));
  }

  /// Whether a start follows for sure, so that an end now is not the end.
  boolean startFollows() {
    return startFollows;
  }

  void startFollows(boolean follows) {
    startFollows = follows;
    observe();
  }

  /// Who has sent it a SIGKILL since it was started, empty for nobody that is known.
  String killer() {
    return killer;
  }

  void killer(String who) {
    killer = who;
  }

  boolean removed() {
    return removed;
  }

  /// The pause before the last restart, zero for none.
  Duration pause() {
    return pause;
  }

  void restart(Duration pause, @Nullable Future<?> restart) {
    this.pause = pause;
    this.restart = restart;
  }

  void cancelRestart() {
    Future<?> planned = restart;
    if (planned != null) {
      planned.cancel(false);
    }
    restart(Duration.ZERO, null);
  }

  /// Replaces what is known, on disk too.
  Container update(UnaryOperator<Saved> change) {
    List<Waiter> satisfied;
    Container now;
    lock.lock();
    try {
      Saved before = saved;
      Saved after = change.apply(before);
      store(after);
      saved = after;
      exits += before.state().alive() && !after.state().alive() ? 1 : 0;
      now = container();
      satisfied = waiters.stream().filter(waiter -> waiter.condition().test(now)).toList();
      waiters.removeAll(satisfied);
    } finally {
      lock.unlock();
    }
    satisfied.forEach(waiter -> waiter.result().complete(now));
    observe();
    return now;
  }

  // A full disk must not stop what has happened from having happened.
  private void store(Saved after) {
    try {
      files.save(id(), after);
    } catch (RuntimeException | Error e) {
      LOG.error("the state of container {} is not saved", name(), e);
    }
  }

  /// Gives it another name, on disk first.
  void rename(String name) {
    define(definition.withName(name));
  }

  /// Gives it other networks, on disk first.
  void network(Networking network) {
    define(definition.withNetwork(network));
  }

  /// Gives it other limits, on disk first.
  void limits(Limits limits) {
    define(definition.withLimits(limits));
  }

  /// Gives it another restart policy, on disk first.
  void restartPolicy(RestartPolicy policy) {
    define(definition.withRestart(policy));
  }

  private void define(Definition changed) {
    files.save(changed);
    definition = changed;
  }

  /// See [Containers#waitFor].
  CompletableFuture<Container> waitFor(WaitCondition condition) {
    var result = new CompletableFuture<Container>();
    lock.lock();
    try {
      long seen = exits;
      Predicate<Container> holds =
          switch (condition) {
            case NEXT_EXIT -> container -> exits > seen;
            case NEXT_END -> container -> exits > seen && atRest(container.state());
            case NOT_RUNNING -> container -> atRest(container.state());
            case RUNNING -> container -> container.state().alive();
            case HEALTHY -> container -> healthy(container.state()) || over(container.state());
            case HEALTH_KNOWN ->
                container -> healthKnown(container.state()) || over(container.state());
            case REMOVED -> container -> removed;
          };
      if (removed && condition != WaitCondition.REMOVED) {
        result.completeExceptionally(gone());
      } else if (holds.test(container())) {
        result.complete(container());
      } else {
        var waiter = new Waiter(holds, result);
        waiters.add(waiter);
        var _ = result.whenComplete((container, error) -> forget(waiter));
      }
    } finally {
      lock.unlock();
    }
    return result;
  }

  private void forget(Waiter waiter) {
    lock.lock();
    try {
      waiters.remove(waiter);
    } finally {
      lock.unlock();
    }
  }

  private static boolean atRest(ContainerState state) {
    return switch (state.status()) {
      case CREATED, EXITED, DEAD -> true;
      case RUNNING, PAUSED, RESTARTING, REMOVING -> false;
    };
  }

  private static boolean over(ContainerState state) {
    return state.status() == Status.EXITED || state.status() == Status.DEAD;
  }

  private static boolean healthy(ContainerState state) {
    return state.status() == Status.RUNNING
        && state.health().map(health -> health.status() == Health.Status.HEALTHY).orElse(true);
  }

  private static boolean healthKnown(ContainerState state) {
    return state.status() == Status.RUNNING
        && state.health().map(health -> health.status() != Health.Status.STARTING).orElse(true);
  }

  /// Ends all waiting: it exists no more.
  void markRemoved() {
    List<Waiter> left;
    Container last;
    lock.lock();
    try {
      removed = true;
      last = container();
      left = List.copyOf(waiters);
      waiters.clear();
    } finally {
      lock.unlock();
    }
    for (Waiter waiter : left) {
      if (waiter.condition().test(last)) {
        waiter.result().complete(last);
      } else {
        waiter.result().completeExceptionally(gone());
      }
    }
    observe();
  }

  private DavitException gone() {
    return new DavitException(Kind.NOT_FOUND, "container \"" + name() + "\" has been removed");
  }

  /// Calls `observer`, which must not block, after each change and each growth of the log.
  void addObserver(Runnable observer) {
    observers.add(observer);
  }

  void removeObserver(Runnable observer) {
    observers.remove(observer);
  }

  void observe() {
    observers.forEach(Runnable::run);
  }
}
