package dev.davit.reconcile;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.Plan.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/// Carries a plan out: one virtual thread an operation, each when what it needs is done. It decides
/// nothing. When one fails, those that need it are skipped and the others go on.
public final class PlanRunner {
  private final OperationRunner operations;
  private final Progress progress;
  private final Optional<Semaphore> permits;

  /// @param parallel most operations at a time, waits not counted; 0 or less: no limit
  public PlanRunner(OperationRunner operations, Progress progress, int parallel) {
    this.operations = operations;
    this.progress = progress;
    this.permits = parallel > 0 ? Optional.of(new Semaphore(parallel)) : Optional.empty();
  }

  private record NodeReport(Progress progress, Node node) implements Report {
    @Override
    public void line(String text) {
      progress.output(node, text);
    }

    @Override
    public void bytes(long done, long total) {
      progress.advanced(node, done, total);
    }
  }

  private enum Outcome {
    DONE,
    FAILED,
    SKIPPED
  }

  /// Returns when everything is done or skipped; throws nothing.
  public PlanResult run(Plan plan, Cancellation cancel) {
    long begin = System.nanoTime();
    progress.planned(plan);
    var outcomes = new HashMap<Integer, CompletableFuture<Outcome>>();
    plan.nodes().forEach(node -> outcomes.put(node.id(), new CompletableFuture<>()));
    var failures = new HashMap<Integer, DavitException>();
    for (Node node : plan.nodes()) {
      Thread.ofVirtual()
          .name("plan-" + node.id())
          .start(() -> complete(node, plan, outcomes, failures, cancel));
    }
    var skipped = new ArrayList<Node>();
    var failed = new ArrayList<PlanResult.Failure>();
    for (Node node : plan.nodes()) {
      switch (outcome(outcomes, node.id()).join()) {
        case DONE -> {}
        case SKIPPED -> skipped.add(node);
        case FAILED -> {
          synchronized (failures) {
            failed.add(
                new PlanResult.Failure(
                    node, failures.getOrDefault(node.id(), defect(new IllegalStateException()))));
          }
        }
      }
    }
    var result =
        new PlanResult(
            List.copyOf(failed),
            List.copyOf(skipped),
            cancel.isCancelled(),
            Duration.ofNanos(System.nanoTime() - begin));
    progress.ended(result);
    return result;
  }

  private void complete(
      Node node,
      Plan plan,
      Map<Integer, CompletableFuture<Outcome>> outcomes,
      Map<Integer, DavitException> failures,
      Cancellation cancel) {
    var outcome = Outcome.FAILED;
    try {
      Optional<String> obstacle = obstacle(node, plan, outcomes, cancel);
      if (obstacle.isPresent()) {
        outcome = Outcome.SKIPPED;
        progress.skipped(node, obstacle.get());
      } else {
        perform(node, cancel);
        outcome = Outcome.DONE;
      }
    } catch (DavitException | IllegalStateException e) {
      DavitException failure = e instanceof DavitException known ? known : defect(e);
      outcome = fail(node, failure, failures, cancel);
    } catch (RuntimeException | Error e) {
      outcome = fail(node, defect(e), failures, cancel);
    } finally {
      outcome(outcomes, node.id()).complete(outcome);
    }
  }

  private Outcome fail(
      Node node,
      DavitException failure,
      Map<Integer, DavitException> failures,
      Cancellation cancel) {
    if (cancel.isCancelled() && endsEarly(node.operation())) {
      progress.skipped(node, "cancelled");
      return Outcome.SKIPPED;
    }
    synchronized (failures) {
      failures.put(node.id(), failure);
    }
    progress.failed(node, failure);
    return Outcome.FAILED;
  }

  private static boolean endsEarly(Operation operation) {
    return operation instanceof Operation.WaitFor
        || operation instanceof Operation.PullImage
        || operation instanceof Operation.PushImage;
  }

  /// Waits for what the node needs. Who waits for a dependency that need not be there goes on
  /// whatever became of it.
  private static Optional<String> obstacle(
      Node node,
      Plan plan,
      Map<Integer, CompletableFuture<Outcome>> outcomes,
      Cancellation cancel) {
    boolean optional = node.operation() instanceof Operation.WaitFor wait && !wait.required();
    for (Node before : plan.nodes()) {
      if (node.prerequisites().contains(before.id())
          && outcome(outcomes, before.id()).join() != Outcome.DONE
          && !optional) {
        return Optional.of(
            cancel.isCancelled()
                ? "cancelled"
                : before.operation().subject() + " is not " + done(before.operation()));
      }
    }
    return cancel.isCancelled() ? Optional.of("cancelled") : Optional.empty();
  }

  private static String done(Operation operation) {
    return switch (operation) {
      case Operation.PullImage _ -> "pulled";
      case Operation.PushImage _ -> "pushed";
      case Operation.CreateNetwork _, Operation.CreateVolume _, Operation.CreateContainer _ ->
          "created";
      case Operation.RemoveNetwork _, Operation.RemoveVolume _, Operation.RemoveContainer _ ->
          "removed";
      case Operation.SupplyContainer _ -> "supplied";
      case Operation.StartContainer _ -> "started";
      case Operation.RunHook hook ->
          switch (hook.moment()) {
            case POST_START -> "started";
            case PRE_STOP -> "ready to be stopped";
            case ON_CHANGE -> "told of the change";
          };
      case Operation.RunPreStart _ -> "ready to be started";
      case Operation.StopContainer _ -> "stopped";
      case Operation.RestartContainer _ -> "restarted";
      case Operation.KillContainer _ -> "killed";
      case Operation.PauseContainer _ -> "paused";
      case Operation.UnpauseContainer _ -> "unpaused";
      case Operation.RenameContainer _ -> "renamed";
      case Operation.WaitFor wait -> wait.condition().word();
    };
  }

  private void perform(Node node, Cancellation cancel) {
    boolean limited = permits.isPresent() && !(node.operation() instanceof Operation.WaitFor);
    if (limited) {
      permits.orElseThrow().acquireUninterruptibly();
    }
    try {
      long begin = System.nanoTime();
      progress.started(node);
      Optional<String> warning =
          operations.run(node.operation(), cancel, new NodeReport(progress, node));
      warning.ifPresent(text -> progress.warned(node, text));
      progress.finished(node, Duration.ofNanos(System.nanoTime() - begin));
    } catch (ForgoneException e) {
      progress.skipped(node, String.valueOf(e.getMessage()));
    } finally {
      if (limited) {
        permits.orElseThrow().release();
      }
    }
  }

  private static CompletableFuture<Outcome> outcome(
      Map<Integer, CompletableFuture<Outcome>> outcomes, int id) {
    var outcome = outcomes.get(id);
    if (outcome == null) {
      throw new IllegalArgumentException("no operation #" + id + " in the plan");
    }
    return outcome;
  }

  private static DavitException defect(Throwable thrown) {
    return new DavitException(
        Kind.INTERNAL,
        thrown.getClass().getSimpleName() + ": " + thrown.getMessage(),
        "see 'davit engine logs'",
        thrown);
  }
}
