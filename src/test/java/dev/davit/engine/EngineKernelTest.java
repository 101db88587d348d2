package dev.davit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cgroup.Limits;
import dev.davit.engine.ContainerConfig.Command;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.test.Kernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Kernel
class EngineKernelTest {
  private static final Optional<Duration> HOUR = Optional.of(Duration.ofHours(1));

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
    assertEquals("program \"no-such\" is not in PATH of the container", error.getMessage());
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
  void stopWhenItEndsAtThatMomentIsDoneToo() throws Exception {
    bench.containers().create(Bench.shell("web", "exit 0"));
    for (int i = 0; i < 40; i++) {
      bench.containers().start("web");
      // Whichever comes first, its own end or the signal: a lost end would take the whole grace.
      TimeUnit.MICROSECONDS.sleep(i * 50L);
      assertEquals(Status.EXITED, bench.containers().stop("web", HOUR).state().status());
    }
  }

  @Test
  void aStopRightBehindTheStartReachesInit() {
    bench.containers().create(withInit(Bench.shell("web", "exec sleep 1000")));
    for (int i = 0; i < 40; i++) {
      bench.containers().start("web");
      assertEquals(143, bench.containers().stop("web", HOUR).state().exitCode());
    }
  }

  private static ContainerConfig withInit(ContainerConfig config) {
    Command own = config.command();
    return config.withCommand(
        new Command(
            own.entrypoint(),
            own.command(),
            own.env(),
            own.user(),
            own.groups(),
            own.workingDir(),
            own.tty(),
            own.openStdin(),
            true));
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
    bench.run(Bench.shell("once", "echo up; sleep 60"));
    bench.run(Bench.shell("again", "echo up; sleep 60").withRestart(RestartPolicy.ALWAYS));
    int pid = bench.containers().get("again").state().pid();
    bench.engine().close();
    die(pid);
    die(bench.containers().get("once").state().pid());
    bench.reopen();
    Container once = bench.awaiting("once", WaitCondition.NOT_RUNNING);
    assertEquals(Status.EXITED, once.state().status());
    Container again = bench.awaiting("again", WaitCondition.RUNNING);
    assertTrue(again.state().pid() != pid);
  }

  @Test
  void execHasItsStreamsAndItsCode() throws Exception {
    bench.run(
        Bench.shell("web", "sleep 60")
            .withCommand(Command.of("sleep", "60").withEnv(List.of("A=1"))));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var in = new ByteArrayInputStream("hello\n".repeat(20_000).getBytes(UTF_8));
    var config =
        new Execs.ExecConfig(
            List.of("sh", "-c", "wc -l; echo $A$B >&2; exit 9"),
            List.of("B=2"),
            Optional.empty(),
            Optional.empty(),
            false,
            false);
    String id = bench.engine().execs().create("web", config);
    int code =
        bench.engine().execs().start(id, new Execs.Streams(in, out, err)).get(20, TimeUnit.SECONDS);
    assertEquals(9, code);
    assertEquals("20000\n", out.toString(UTF_8));
    assertEquals("12\n", err.toString(UTF_8));
    assertEquals(9, bench.engine().execs().inspect(id).exitCode().orElseThrow());
    assertEquals(127, exec("web", List.of("no-such")));
  }

  @Test
  void execOnATerminalSeesOne() throws Exception {
    bench.run(Bench.shell("web", "sleep 60"));
    var out = new ByteArrayOutputStream();
    var config =
        new Execs.ExecConfig(
            List.of("sh", "-c", "test -t 0 && stty size"),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            true,
            false);
    String id = bench.engine().execs().create("web", config);
    bench.engine().execs().resize(id, 33, 99);
    var streams = new Execs.Streams(InputStream.nullInputStream(), out, out);
    assertEquals(0, bench.engine().execs().start(id, streams).get(20, TimeUnit.SECONDS));
    assertEquals("33 99\r\n", out.toString(UTF_8));
  }

  @Test
  void healthIsKnownSoonerThanTheInterval() throws Exception {
    var health =
        new HealthConfig(
            List.of("CMD-SHELL", "test -e /tmp/well"),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            3,
            Duration.ZERO,
            Duration.ofSeconds(1));
    bench.run(Bench.shell("web", "sleep 0.2; touch /tmp/well; sleep 60").withHealth(health));
    Container healthy = bench.awaiting("web", WaitCondition.HEALTHY);
    assertEquals(Health.Status.HEALTHY, healthy.state().health().orElseThrow().status());
  }

  @Test
  void healthWhenProbesHangIsUnhealthy() throws Exception {
    var health =
        new HealthConfig(
            List.of("CMD", "sleep", "60"),
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            2,
            Duration.ZERO,
            Duration.ofMillis(10));
    bench.run(Bench.shell("web", "sleep 60").withHealth(health));
    Container unhealthy = bench.awaiting("web", WaitCondition.HEALTH_KNOWN);
    Health is = unhealthy.state().health().orElseThrow();
    assertEquals(Health.Status.UNHEALTHY, is.status());
    assertTrue(is.log().getLast().output().contains("took longer than 50 ms"));
  }

  @Test
  void outOfMemoryIsSeen() throws Exception {
    bench.run(
        Bench.shell("web", "exec tail /dev/zero")
            .withResources(
                new ContainerConfig.Resources(
                    Limits.builder().memory(16L << 20).memorySwap(16L << 20).build(),
                    Map.of(),
                    0,
                    64 << 20,
                    ContainerConfig.Devices.USUAL,
                    Optional.empty())));
    Container ended = bench.awaiting("web", WaitCondition.NOT_RUNNING);
    assertEquals(137, ended.state().exitCode());
    assertTrue(ended.state().oomKilled());
  }

  @Test
  void volumesAreFilledOnceAndBindsAreBound() throws Exception {
    Path source = Files.createDirectories(bench.directories().root().resolve("source"));
    Files.writeString(source.resolve("file"), "bound");
    var config =
        Bench.shell(
                "web", "cat /mnt/b/file; echo; ls /etc/init.d | wc -l; grep -c web /etc/hostname")
            .withMounts(
                List.of(
                    MountConfig.bind(source.toString(), "/mnt/b").withReadOnly(true),
                    MountConfig.anonymous("/etc/init.d"),
                    MountConfig.tmpfs("/mnt/t")))
            .withNetwork(Networking.HOST.withHostname("web"));
    bench.run(config);
    assertEquals(0, bench.awaiting("web", WaitCondition.NOT_RUNNING).state().exitCode());
    List<String> log = bench.log("web");
    assertEquals("bound", log.getFirst());
    assertTrue(Integer.parseInt(log.get(1)) > 0);
    assertEquals("1", log.get(2));
    bench.containers().remove("web", false, true);
    assertEquals(List.of(), bench.volumes().list());
  }

  @Test
  void terminalOutputIsLoggedAndSurvivesAnEngine() throws Exception {
    var command = Command.of("sh", "-c", "tty; while :; do sleep 0.05; stty size; done");
    bench.run(
        ContainerConfig.of("web", "davit/host")
            .withCommand(
                new Command(
                    command.entrypoint(),
                    command.command(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    true,
                    false,
                    false))
            .withNetwork(Networking.HOST));
    awaitLine("web", "24 80\r");
    bench.reopen();
    bench.containers().resize("web", 30, 70);
    awaitLine("web", "30 70\r");
  }

  private static void die(int pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (Boot.startTime(pid).isPresent() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
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
