package dev.davit.reconcile;

import dev.davit.engine.Container;
import dev.davit.engine.ContainerState;
import dev.davit.engine.Containers;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.engine.Health;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.Operation.Condition;
import dev.davit.reconcile.Operation.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for containers by the engine's waiters, which are told of each change.
final class Waiting {
  private static final Duration FIRST_MOMENTS = Duration.ofMillis(500);

  private final Containers containers;

  Waiting(Containers containers) {
    this.containers = containers;
  }

  /// Returns when all are as they should be; a failure of what is not required is a warning.
  Optional<String> run(WaitFor wait, Cancellation cancel) {
    try {
      for (String ref : wait.refs()) {
        check(wait, ref);
      }
      if (wait.condition() == Condition.STARTED) {
        return Optional
            .empty(); // The wait is behind the start; that it may have ended is no matter.
      }
      List<CompletableFuture<Container>> futures = new ArrayList<>();
      for (String ref : wait.refs()) {
        futures.add(waitFor(ref, wait.condition()));
      }
      cancel.onCancel(() -> futures.forEach(future -> future.cancel(true)));
      long deadline =
          System.nanoTime() + wait.timeout().map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
      for (CompletableFuture<Container> future : futures) {
        verify(wait, join(wait, future, deadline));
      }
      return Optional.empty();
    } catch (DavitException e) {
      if (wait.required()) {
        throw e;
      }
      return Optional.of("optional dependency: " + e.getMessage());
    }
  }

  private void check(WaitFor wait, String ref) {
    Container container = containers.get(ref);
    if (wait.condition() == Condition.HEALTHY
        && container.config().health().isEmpty()
        && container.state().alive()
        && container.state().health().isEmpty()) {
      throw new DavitException(
          Kind.INVALID,
          "container \"%s\" has no health check to wait for".formatted(container.name()),
          "add a healthcheck, or wait for service_started");
    }
  }

  private CompletableFuture<Container> waitFor(String ref, Condition condition) {
    var known = containers.waitFor(ref, condition(condition));
    return condition == Condition.READY ? known.thenCompose(this::settled) : known;
  }

  // Of what has no health check all that can be known is that it has not ended in its first
  // moments:
  // who has outlived them is not waited for.
  private CompletableFuture<Container> settled(Container container) {
    if (!container.state().alive() || container.state().health().isPresent()) {
      return CompletableFuture.completedFuture(container);
    }
    Duration age = Duration.between(container.state().startedAt().orElseThrow(), Instant.now());
    return containers
        .waitFor(container.id(), WaitCondition.NOT_RUNNING)
        .completeOnTimeout(container, FIRST_MOMENTS.minus(age).toMillis(), TimeUnit.MILLISECONDS);
  }

  private static WaitCondition condition(Condition condition) {
    return switch (condition) {
      case STARTED -> WaitCondition.RUNNING;
      case HEALTHY, READY -> WaitCondition.HEALTH_KNOWN;
      case RECOVERED -> WaitCondition.HEALTHY;
      case COMPLETED -> WaitCondition.NOT_RUNNING;
    };
  }

  private static Container join(WaitFor wait, CompletableFuture<Container> future, long deadline) {
    try {
      return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new DavitException(
          Kind.UNAVAILABLE,
          "%s is not %s after %ds"
              .formatted(
                  wait.subject(),
                  wait.condition().word(),
                  wait.timeout().orElse(Duration.ZERO).toSeconds()),
          null);
    } catch (CancellationException e) {
      throw new DavitException(Kind.UNAVAILABLE, wait.subject() + ": wait cancelled");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DavitException known) {
        throw known;
      }
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, wait.subject() + ": wait interrupted");
    }
  }

  private static void verify(WaitFor wait, Container container) {
    ContainerState state = container.state();
    switch (wait.condition()) {
      case STARTED -> {}
      case HEALTHY, READY, RECOVERED -> {
        if (!state.alive()) {
          throw unavailable(container, "exited (" + state.exitCode() + ")");
        }
        state
            .health()
            .filter(health -> health.status() == Health.Status.UNHEALTHY)
            .ifPresent(
                health -> {
                  throw unavailable(container, "is unhealthy" + lastProbe(health));
                });
      }
      case COMPLETED -> {
        if (state.exitCode() != 0) {
          throw unavailable(container, "didn't complete successfully: exit " + state.exitCode());
        }
      }
    }
  }

  private static String lastProbe(Health health) {
    return health.log().isEmpty() || health.log().getLast().output().isBlank()
        ? ""
        : ": " + health.log().getLast().output().strip().lines().findFirst().orElse("");
  }

  private static DavitException unavailable(Container container, String what) {
    return new DavitException(
        Kind.UNAVAILABLE,
        "container \"%s\" %s".formatted(container.name(), what),
        "see 'davit logs " + Labels.service(container) + "'");
  }
}
