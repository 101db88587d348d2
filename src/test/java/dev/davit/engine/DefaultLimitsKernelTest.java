package dev.davit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.davit.cgroup.Cgroups;
import dev.davit.cgroup.Limits;
import dev.davit.engine.ContainerConfig.Resources;
import dev.davit.engine.ContainerConfig.Ulimit;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.test.Kernel;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What containers are given that ask for nothing.
@Kernel
class DefaultLimitsKernelTest {
  private static final String PIDS =
      "cat /sys/fs/cgroup/pids.max 2>/dev/null || cat /sys/fs/cgroup/pids/pids.max";
  private static final HostFacts HOST = HostFacts.read(Cgroups.detect());

  private Bench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private List<String> printed(ContainerConfig config) throws Exception {
    bench.run(config);
    bench.awaiting(config.name(), WaitCondition.NOT_RUNNING);
    return bench.log(config.name());
  }

  private static DefaultLimits each(String pids) {
    return DefaultLimits.of(HOST, Map.of("DAVIT_PIDS_LIMIT", pids));
  }

  @Test
  void shareOfTheMachineIsTheLimitOfProcesses() throws Exception {
    long share = HOST.processes() / 100 * 15;
    assertEquals(List.of(Long.toString(share)), printed(Bench.shell("usual", PIDS)));
    assertEquals(share, bench.containers().find("usual").orElseThrow().resources().limits().pids());
    for (Long none : List.of(-1L, 0L)) {
      Resources asked = Resources.UNLIMITED.withLimits(Limits.none().withPids(none));
      String name = "none" + Math.abs(none);
      assertEquals(List.of("max"), printed(Bench.shell(name, PIDS).withResources(asked)));
      assertEquals(none, bench.containers().find(name).orElseThrow().resources().limits().pids());
    }
  }

  @Test
  void otherDefaultIsForLaterContainers() throws Exception {
    bench.limits(each("101"));
    bench.reopen();
    bench.containers().create(Bench.shell("early", PIDS));
    bench.limits(each("102"));
    bench.reopen();
    bench.containers().start("early");
    bench.awaiting("early", WaitCondition.NOT_RUNNING);
    assertEquals(List.of("101"), bench.log("early"));
    assertEquals(List.of("102"), printed(Bench.shell("late", PIDS)));
    bench.limits(each("-1"));
    bench.reopen();
    assertEquals(List.of("max"), printed(Bench.shell("free", PIDS)));
  }

  @Test
  void containerOfAnEarlierEngineIsGivenTheDefaultOfToday() throws Exception {
    Container early = bench.containers().create(Bench.shell("early", PIDS));
    Path file = bench.directories().container(early.id()).resolve("config.json");
    var tree = (ObjectNode) new JsonMapper().readTree(Files.readString(file));
    assertNotNull(tree.remove("allowance"));
    bench.limits(each("103"));
    bench.engine().close();
    Files.writeString(file, tree.toString());
    bench.openAgain();
    bench.containers().start("early");
    bench.awaiting("early", WaitCondition.NOT_RUNNING);
    assertEquals(List.of("103"), bench.log("early"));
  }

  @Test
  void descriptorsAndLockedMemoryDoNotDependOnTheEngine() throws Exception {
    String show = "ulimit -Sn; ulimit -Hn; ulimit -Sl; ulimit -Hl";
    Map<String, Ulimit> usual = DefaultLimits.of(HOST, Map.of()).each().ulimits();
    String hard = Long.toString(usual.get("nofile").hard());
    String locked = Long.toString(usual.get("memlock").hard() / 1024);
    assertEquals(List.of("1024", hard, locked, locked), printed(Bench.shell("usual", show)));
    Resources asked = Resources.UNLIMITED.withUlimits(Map.of("nofile", new Ulimit(77, 88)));
    assertEquals(
        List.of("77", "88", locked, locked),
        printed(Bench.shell("asked", show).withResources(asked)));
  }

  @Test
  void otherProcessesOfAContainerHaveItsLimits() throws Exception {
    bench.run(Bench.shell("web", "sleep 60"));
    var out = new ByteArrayOutputStream();
    var streams = new Execs.Streams(InputStream.nullInputStream(), out, out);
    String id =
        bench
            .engine()
            .execs()
            .create("web", Execs.ExecConfig.of(List.of("sh", "-c", "ulimit -Sn")));
    assertEquals(0, bench.engine().execs().start(id, streams).get(20, TimeUnit.SECONDS));
    assertEquals("1024", out.toString(UTF_8).strip());
  }
}
