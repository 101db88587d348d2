package dev.davit.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.Operation.StartContainer;
import dev.davit.reconcile.Operation.WaitFor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PlanRunnerTest {
  private final Plan.Builder builder = new Plan.Builder();
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final Cancellation cancel = new Cancellation();

  private int add(String name, Integer... before) {
    return builder.add(
        new StartContainer(Subject.container(name, 1, name), name, "test"), Set.of(before));
  }

  private PlanResult run(OperationRunner operations, int parallel) {
    var progress =
        new Progress() {
          @Override
          public void failed(Plan.Node node, DavitException cause) {
            log.add("failed " + node.operation().subject().name());
          }

          @Override
          public void skipped(Plan.Node node, String reason) {
            log.add("skipped " + node.operation().subject().name() + ": " + reason);
          }

          @Override
          public void warned(Plan.Node node, String warning) {
            log.add("warned: " + warning);
          }
        };
    return new PlanRunner(operations, progress, parallel).run(builder.build(), cancel);
  }

  private static String name(Operation operation) {
    return operation.subject().name();
  }

  @Test
  void whatNeedNotBeDoneHoldsNobodyUp() {
    add("b", add("a"));
    PlanResult result =
        run(
            (operation, _, _) -> {
              if (name(operation).equals("a")) {
                throw new ForgoneException(new DavitException(Kind.NOT_FOUND, "it is not there"));
              }
              log.add(name(operation));
              return Optional.empty();
            },
            0);
    assertTrue(result.succeeded());
    assertEquals(List.of("skipped a: it is not there", "b"), log);
  }

  @Test
  void runGoesInTheOrderOfTheGraph() {
    int a = add("a");
    int b = add("b", a);
    add("c", a, b);
    PlanResult result =
        run(
            (operation, _, _) -> {
              log.add(name(operation));
              return Optional.empty();
            },
            0);
    assertTrue(result.succeeded());
    assertEquals(List.of("a", "b", "c"), log);
  }

  @Test
  void runDoesIndependentOperationsAtTheSameTime() {
    for (int i = 0; i < 20; i++) {
      add("n" + i);
    }
    var all = new CyclicBarrier(20);
    PlanResult result =
        run(
            (_, _, _) -> {
              try {
                all.await(10, TimeUnit.SECONDS); // passes only if all twenty are here at once
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return Optional.empty();
            },
            0);
    assertTrue(result.succeeded());
  }

  @Test
  void runKeepsToTheLimit() {
    for (int i = 0; i < 20; i++) {
      add("n" + i);
    }
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    run(
        (_, _, _) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          now.decrementAndGet();
          return Optional.empty();
        },
        2);
    assertTrue(most.get() <= 2, "at most " + most.get());
  }

  @Test
  void runAfterAFailureSkipsWhatNeedsItAndFinishesTheRest() {
    int bad = add("bad");
    int after = add("after", bad);
    add("later", after);
    add("other");
    PlanResult result =
        run(
            (operation, _, _) -> {
              if (name(operation).equals("bad")) {
                throw new DavitException(Kind.CONFLICT, "port taken");
              }
              log.add("did " + name(operation));
              return Optional.empty();
            },
            0);
    assertFalse(result.succeeded());
    assertEquals(1, result.failures().size());
    assertEquals("port taken", result.failures().getFirst().cause().getMessage());
    assertEquals(2, result.skipped().size());
    assertTrue(log.contains("did other"));
    assertTrue(log.contains("skipped after: Container bad is not started"));
  }

  @Test
  void runReportsEveryFailure() {
    add("a");
    add("b");
    PlanResult result =
        run(
            (operation, _, _) -> {
              throw new DavitException(Kind.CONFLICT, name(operation));
            },
            0);
    assertEquals(
        List.of("a", "b"),
        result.failures().stream().map(failure -> failure.cause().getMessage()).toList());
  }

  @Test
  void runTurnsADefectIntoAFailure() {
    add("a");
    PlanResult result =
        run(
            (_, _, _) -> {
              throw new IllegalArgumentException("oops");
            },
            0);
    assertEquals(Kind.INTERNAL, result.failures().getFirst().cause().kind());
  }

  @Test
  void runGoesOnAfterAnOptionalDependency() {
    int bad = add("bad");
    int wait =
        builder.add(
            new WaitFor(
                Subject.container("bad", 1, "bad"),
                List.of("bad"),
                Operation.Condition.STARTED,
                false,
                Optional.empty(),
                "test"),
            Set.of(bad));
    add("web", wait);
    PlanResult result =
        run(
            (operation, _, _) -> {
              if (operation instanceof WaitFor) {
                return Optional.of("not there");
              }
              if (name(operation).equals("bad")) {
                throw new DavitException(Kind.CONFLICT, "no");
              }
              log.add("did " + name(operation));
              return Optional.empty();
            },
            0);
    assertEquals(1, result.failures().size());
    assertTrue(log.contains("did web"));
    assertTrue(log.contains("warned: not there"));
  }

  @Test
  void cancelEndsWaitsAndSkipsTheRest() throws Exception {
    int wait =
        builder.add(
            new WaitFor(
                Subject.container("db", 1, "db"),
                List.of("db"),
                Operation.Condition.HEALTHY,
                true,
                Optional.empty(),
                "test"),
            Set.of());
    add("web", wait);
    var waiting = new CountDownLatch(1);
    var result =
        CompletableFuture.supplyAsync(
            () ->
                run(
                    (_, cancellation, _) -> {
                      var never = new CompletableFuture<Void>();
                      cancellation.onCancel(() -> never.cancel(true));
                      waiting.countDown();
                      never.join();
                      return Optional.empty();
                    },
                    0));
    waiting.await();
    cancel.cancel();
    assertTrue(result.get().cancelled());
    assertEquals(List.of(), result.get().failures());
    assertEquals(2, result.get().skipped().size());
  }
}
