package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.error.DavitException;
import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An engine closes in the midst of things, and another one opens.
@Kernel
class ReopenKernelTest {
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
  void whatWasStartingRunsOnceOrNotAtAll() throws Exception {
    var names = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      names.add("web-" + i);
      bench.containers().create(Bench.shell("web-" + i, "sleep 60"));
    }
    var begun = new CountDownLatch(3);
    Containers before = bench.containers();
    List<Thread> starts =
        names.stream()
            .map(
                name ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              begun.countDown();
                              try {
                                before.start(name);
                              } catch (DavitException _) {
                                // The engine was stopping.
                              }
                            }))
            .toList();
    begun.await();
    bench.reopen();
    for (Thread start : starts) {
      start.join();
    }
    for (String name : names) {
      Container now = bench.containers().get(name);
      if (now.state().alive()) {
        assertTrue(Files.exists(Path.of("/proc/" + now.state().pid())), name);
      } else {
        assertEquals(Status.CREATED, now.state().status(), name);
        assertFalse(
            Files.exists(bench.directories().runContainer(now.id())), name + " left something");
      }
    }
  }

  @Test
  void backOffGoesOnWithTheNextEngine() throws Exception {
    bench.run(Bench.shell("web", "echo up; exit 1").withRestart(RestartPolicy.onFailure(3)));
    bench.awaiting("web", WaitCondition.NEXT_EXIT);
    bench.reopen();
    Container ended = bench.awaiting("web", WaitCondition.NOT_RUNNING);
    assertEquals(3, ended.restartCount());
    assertEquals(List.of("up", "up", "up", "up"), bench.log("web"));
  }

  @Test
  void aProcessThatTheDeadEngineCouldNotRecordIsNotDoubled() throws Exception {
    Container first = bench.run(Bench.shell("web", "sleep 60").withRestart(RestartPolicy.ALWAYS));
    Path state = bench.directories().container(first.id()).resolve("state.json");
    String recorded = Files.readString(state);
    bench.engine().close();
    // As if it had died between the start and its record.
    Path draft =
        Files.writeString(state.resolveSibling("draft"), recorded.replace("RUNNING", "RESTARTING"));
    Files.move(draft, state, StandardCopyOption.REPLACE_EXISTING);
    bench.openAgain();
    Container second = bench.awaiting("web", WaitCondition.RUNNING);
    assertTrue(second.state().pid() != first.state().pid());
    String stat = "/proc/" + first.state().pid() + "/stat";
    assertTrue(
        !Files.exists(Path.of(stat)) || Files.readString(Path.of(stat)).contains(") Z "),
        "the unknown process still runs");
  }

  @Test
  void halfALineIsKeptForTheNextEngine() throws Exception {
    Container said = bench.run(Bench.shell("web", "printf half; sleep 60"));
    awaitSpool(said.id());
    bench.reopen();
    assertEquals(List.of(), bench.log("web"));
    bench.containers().kill("web", "KILL");
    bench.awaiting("web", WaitCondition.NOT_RUNNING);
    assertEquals(List.of("half"), bench.log("web"));
  }

  @Test
  void whatWasReadOfAContainerThatEndedMeanwhileIsInItsLog() throws Exception {
    Container said = bench.run(Bench.shell("web", "printf last; sleep 60"));
    awaitSpool(said.id());
    bench.engine().close();
    ProcessHandle.of(said.state().pid()).ifPresent(ProcessHandle::destroyForcibly);
    bench.openAgain();
    bench.awaiting("web", WaitCondition.NOT_RUNNING);
    assertEquals(List.of("last"), bench.log("web"));
  }

  private void awaitSpool(String id) throws Exception {
    Path spool = bench.directories().runContainer(id).resolve("stdout.spool");
    for (int i = 0; i < 500 && !Files.exists(spool); i++) {
      Thread.sleep(10);
    }
    assertTrue(Files.exists(spool));
  }
}
