package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerState.Status;
import dev.davit.error.DavitException;
import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Somebody has taken away what the engine keeps of running containers, or it does not see their
/// end: each can still be read, stopped and removed.
@Kernel
@Timeout(60)
class LostPlacesKernelTest {
  private static final String TALK = "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.05; done";
  private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);

  private Bench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aContainerWithoutItsNamedPipeGoesOnSpeaking() throws Exception {
    Container web = bench.run(Bench.shell("web", TALK));
    bench.engine().close();
    Files.delete(bench.directories().runContainer(web.id()).resolve("stdout"));
    bench.openAgain();
    speaksOnAndStops(web);
  }

  @Test
  void aContainerOutlivesTheWholeRunDirectory() throws Exception {
    Container web = bench.run(Bench.shell("web", TALK));
    bench.engine().close();
    StateFiles.delete(bench.directories().run());
    bench.openAgain();
    speaksOnAndStops(web);
  }

  private void speaksOnAndStops(Container web) throws Exception {
    assertEquals(Status.RUNNING, bench.containers().get("web").state().status());
    int before = bench.log("web").size();
    while (bench.log("web").size() < before + 3) {
      Thread.sleep(20);
    }
    bench.containers().stop("web", AT_ONCE);
    assertFalse(Files.exists(Path.of("/proc/" + web.state().pid() + "/cwd")));
    bench.containers().remove("web", false, true);
    assertEquals(List.of(), bench.leftovers());
  }

  @Test
  void oneThatCannotBeTakenOverIsListedWithTheReasonAndStopped() throws Exception {
    Container web = untakable("web", "sleep 60");
    String why = bench.containers().get("web").state().error();
    assertTrue(why.startsWith("not taken over: "), why);
    var error =
        assertThrows(DavitException.class, () -> bench.containers().pause("web"), "it has no task");
    assertTrue(error.getMessage().contains("is not taken over: "), error.getMessage());
    Container stopped = bench.containers().stop("web", AT_ONCE);
    assertEquals(Status.EXITED, stopped.state().status());
    assertFalse(Files.exists(Path.of("/proc/" + web.state().pid() + "/cwd")));
    bench.containers().remove("web", false, true);
    assertEquals(List.of(), bench.leftovers());
  }

  @Test
  void oneThatCannotBeTakenOverIsRemovedWithForce() throws Exception {
    untakable("web", "trap '' TERM; while :; do sleep 0.1; done");
    bench.containers().remove("web", true, true);
    assertEquals(List.of(), bench.containers().list());
    assertEquals(List.of(), bench.leftovers());
  }

  @Test
  void itIsTakenOverOnceTheObstacleIsGone() throws Exception {
    Container web = untakable("web", TALK);
    Files.delete(bench.directories().runContainer(web.id()));
    assertEquals("", bench.containers().get("web").state().error());
    speaksOnAndStops(web);
  }

  // Its run directory is a file: nothing can be made there.
  private Container untakable(String name, String script) throws Exception {
    Container container = bench.run(Bench.shell(name, script));
    bench.engine().close();
    Path directory = bench.directories().runContainer(container.id());
    StateFiles.delete(directory);
    Files.writeString(directory, "in the way");
    bench.openAgain();
    return container;
  }

  @Test
  void anEndThatTheEngineIsSlowToSeeIsNoContainerThatDoesNotDie() throws Exception {
    bench.run(Bench.shell("web", "trap '' TERM; while :; do sleep 0.1; done"));
    var deaf = new CountDownLatch(1);
    var _ =
        bench
            .engine()
            .means()
            .loop()
            .call(
                () -> {
                  await(deaf);
                  return true;
                });
    Thread.ofVirtual().start(() -> releaseLater(deaf));
    Container stopped = bench.containers().stop("web", AT_ONCE);
    assertEquals(137, stopped.state().exitCode());
  }

  // Longer than the engine waits for a process to die.
  private static void releaseLater(CountDownLatch latch) {
    try {
      Thread.sleep(Duration.ofSeconds(12));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    latch.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
