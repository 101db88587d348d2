package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerConfig.Command;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.test.Kernel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Kernel
class EngineKernelTest {
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
  void runWhenProgramEndsKeepsCodeAndOutput() throws Exception {
    bench.run(Bench.shell("web", "echo out; echo err >&2; exit 3"));
    Container ended = bench.awaiting("web", WaitCondition.NOT_RUNNING);
    assertEquals(Status.EXITED, ended.state().status());
    assertEquals(3, ended.state().exitCode());
    assertEquals(List.of("err", "out"), bench.log("web").stream().sorted().toList());
    assertEquals(List.of(), bench.leftovers());
  }

  @Test
  void startWhenProgramIsNotThereIs127AndLeavesNothing() {
    bench
        .containers()
        .create(
            ContainerConfig.of("web", "davit/host")
                .withCommand(Command.of("no-such"))
                .withNetwork(Networking.HOST));
    var error = assertThrows(DavitException.class, () -> bench.containers().start("web"));
    assertEquals("\"no-such\" is not in PATH of the container", error.getMessage());
    Container failed = bench.containers().get("web");
    assertEquals(Status.CREATED, failed.state().status());
    assertEquals(127, failed.state().exitCode());
    assertEquals(error.getMessage(), failed.state().error());
    assertEquals(List.of(), bench.leftovers());
  }

  @Test
  void startWhenProgramIsADirectoryIs126() {
    bench
        .containers()
        .create(
            ContainerConfig.of("web", "davit/host")
                .withCommand(Command.of("/etc"))
                .withNetwork(Networking.HOST));
    assertThrows(DavitException.class, () -> bench.containers().start("web"));
    assertEquals(126, bench.containers().get("web").state().exitCode());
    assertEquals(List.of(), bench.leftovers());
  }

  @Test
  void stopWhenSignalIsHeardEndsByItself() throws Exception {
    bench.run(Bench.shell("web", "trap 'exit 7' TERM; echo ready; while :; do sleep 0.1; done"));
    awaitLine("web", "ready");
    Container stopped = bench.containers().stop("web", Optional.empty());
    assertEquals(7, stopped.state().exitCode());
    assertEquals(Status.EXITED, stopped.state().status());
  }

  @Test
  void stopWhenSignalIsIgnoredKillsAfterTheGrace() throws Exception {
    bench.run(Bench.shell("web", "trap '' TERM; echo ready; while :; do sleep 0.1; done"));
    awaitLine("web", "ready");
    Container stopped = bench.containers().stop("web", Optional.of(Duration.ofMillis(100)));
    assertEquals(137, stopped.state().exitCode());
  }

  @Test
  void restartPolicyStartsAgainUntilStopped() throws Exception {
    bench.run(Bench.shell("web", "echo up; exit 1").withRestart(RestartPolicy.onFailure(2)));
    Container ended = bench.awaiting("web", WaitCondition.NOT_RUNNING);
    assertEquals(2, ended.restartCount());
    assertEquals(List.of("up", "up", "up"), bench.log("web"));
  }

  @Test
  void followSeesLinesAcrossRestartsAndEnds() throws Exception {
    bench
        .containers()
        .create(Bench.shell("web", "echo up; exit 1").withRestart(RestartPolicy.onFailure(1)));
    var lines = new LinkedBlockingQueue<String>();
    try (var following =
        bench.engine().logs().follow(List.of("web"), Logs.Query.ALL, l -> lines.add(l.text()))) {
      bench.containers().start("web");
      following.done().get(20, TimeUnit.SECONDS);
    }
    assertEquals(List.of("up", "up"), List.copyOf(lines));
  }

  @Test
  void pausedContainerIsFrozenAndGoesOn() throws Exception {
    bench.run(Bench.shell("web", "echo ready; read line; sleep 60"));
    awaitLine("web", "ready");
    bench.containers().pause("web");
    assertEquals(Status.PAUSED, bench.containers().get("web").state().status());
    var error = assertThrows(DavitException.class, () -> bench.containers().pause("web"));
    assertEquals(Kind.WRONG_STATE, error.kind());
    bench.containers().unpause("web");
    assertEquals(Status.RUNNING, bench.containers().get("web").state().status());
  }

  @Test
  void adoptionKeepsTheProcessItsLogAndItsExitCode() throws Exception {
    Container before =
        bench.run(
            Bench.shell(
                "web",
                "i=0; while [ ! -e /tmp/end ]; do echo $i; i=$((i+1)); sleep 0.01; done; exit 5"));
    awaitLine("web", "3");
    bench.reopen();
    Container after = bench.containers().get("web");
    assertEquals(before.state().pid(), after.state().pid());
    assertEquals(Status.RUNNING, after.state().status());
    int seen = bench.log("web").size();
    awaitLine("web", Integer.toString(seen + 3));
    exec("web", List.of("touch", "/tmp/end"));
    Container ended = bench.awaiting("web", WaitCondition.NOT_RUNNING);
    assertEquals(5, ended.state().exitCode());
    List<String> log = bench.log("web");
    for (int i = 0; i < log.size(); i++) {
      assertEquals(Integer.toString(i), log.get(i));
    }
  }

  @Test
  void adoptionWhenItEndedMeanwhileAppliesThePolicy() throws Exception {
    bench.run(Bench.shell("once", "echo up; sleep 0.2"));
    bench.run(Bench.shell("again", "echo up; sleep 60").withRestart(RestartPolicy.ALWAYS));
    int pid = bench.containers().get("again").state().pid();
    bench.engine().close();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    ProcessHandle.of(bench.containers().get("once").state().pid())
        .ifPresent(ProcessHandle::destroyForcibly);
    bench.reopen();
    Container once = bench.awaiting("once", WaitCondition.NOT_RUNNING);
    assertEquals(Status.EXITED, once.state().status());
    Container again = bench.awaiting("again", WaitCondition.RUNNING);
    assertTrue(again.state().pid() != pid);
  }

  private int exec(String container, List<String> command) throws Exception {
    String id = bench.engine().execs().create(container, Execs.ExecConfig.of(command));
    return bench.engine().execs().start(id, Execs.Streams.NONE).get(20, TimeUnit.SECONDS);
  }

  private void awaitLine(String container, String line) throws Exception {
    var lines = new LinkedBlockingQueue<String>();
    try (var following =
        bench
            .engine()
            .logs()
            .follow(List.of(container), Logs.Query.ALL, l -> lines.add(l.text()))) {
      assertEquals(1, following.containers().size());
      for (String text = ""; !text.equals(line); ) {
        text = lines.poll(20, TimeUnit.SECONDS);
        assertTrue(
            text != null,
            "no line \"" + line + "\"; state " + bench.containers().get(container).state());
      }
    }
  }
}
