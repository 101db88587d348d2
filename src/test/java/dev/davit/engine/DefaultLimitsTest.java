package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cgroup.Limits;
import dev.davit.client.EngineSettings;
import dev.davit.engine.ContainerConfig.Resources;
import dev.davit.engine.ContainerConfig.Ulimit;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultLimitsTest {
  private static final HostFacts SMALL = host(32_768);

  private static HostFacts host(long processes) {
    return new HostFacts(processes, true, 1_048_576, Map.of());
  }

  private static long each(HostFacts host, String setting) {
    return DefaultLimits.of(host, Map.of("DAVIT_PIDS_LIMIT", setting)).each().pids();
  }

  @Test
  void sharesAreOfTheMachine() {
    DefaultLimits small = DefaultLimits.of(SMALL, Map.of());
    assertEquals(4_905, small.each().pids());
    assertEquals(26_160, small.pidsTogether());
    DefaultLimits large = DefaultLimits.of(host(4_194_304), Map.of());
    assertEquals(629_145, large.each().pids());
    assertEquals(3_355_440, large.pidsTogether());
  }

  @Test
  void settingIsANumberAShareOrNone() {
    assertEquals(100, each(SMALL, "100"));
    assertEquals(3_270, each(SMALL, "10%"));
    assertEquals(100, each(host(50), "15%"));
    for (String none : List.of("-1", "0", "0%")) {
      assertEquals(-1, each(SMALL, none), none);
    }
    assertEquals(4_905, each(SMALL, ""));
    assertEquals(9, DefaultLimits.of(SMALL, Map.of("DAVIT_PIDS_TOTAL", "9")).pidsTogether());
    assertEquals(
        new Ulimit(20, 20),
        DefaultLimits.of(SMALL, Map.of("DAVIT_NOFILE_LIMIT", "20")).each().ulimits().get("nofile"));
  }

  @Test
  void settingThatIsNoneOfTheseIsRefused() {
    for (String wrong : List.of("many", "-2", "-1%", "1.5", "9999%", "1234567890")) {
      var error = assertThrows(DavitException.class, () -> each(SMALL, wrong));
      assertEquals(Kind.INVALID, error.kind());
      assertEquals("invalid limit \"" + wrong + "\" in DAVIT_PIDS_LIMIT", error.getMessage());
    }
    for (String wrong : List.of("0", "5:4", "a:b", "1:2:3", "-1")) {
      assertThrows(
          DavitException.class, () -> DefaultLimits.check("DAVIT_NOFILE_LIMIT", wrong), wrong);
    }
    assertDoesNotThrow(() -> DefaultLimits.check("DAVIT_PIDS_TOTAL", "70%"));
  }

  @Test
  void engineIsGivenTheSettings() {
    assertTrue(
        EngineSettings.NAMES.containsAll(
            List.of(DefaultLimits.PIDS_LIMIT, DefaultLimits.PIDS_TOTAL, DefaultLimits.OPEN_FILES)));
  }

  @Test
  void machineThatCannotLimitProcessesHasNoLimit() {
    var host = new HostFacts(32_768, false, 1_048_576, Map.of());
    assertEquals(-1, DefaultLimits.of(host, Map.of()).each().pids());
    assertEquals(-1, DefaultLimits.of(host, Map.of()).pidsTogether());
  }

  @Test
  void ulimitsDoNotDependOnWhoStartedTheEngine() {
    assertEquals(
        Map.of(
            "nofile", new Ulimit(1_024, 524_288),
            "memlock", new Ulimit(8 << 20, 8 << 20),
            "nproc", new Ulimit(-1, -1)),
        DefaultLimits.of(SMALL, Map.of()).each().ulimits());
  }

  @Test
  void ulimitsAreNoMoreThanCanBeGiven() {
    var host =
        new HostFacts(
            32_768, true, 300_000, Map.of("nofile", 500L, "memlock", 65_536L, "nproc", 99L));
    assertEquals(
        Map.of(
            "nofile", new Ulimit(500, 500),
            "memlock", new Ulimit(65_536, 65_536),
            "nproc", new Ulimit(99, 99)),
        DefaultLimits.of(host, Map.of()).each().ulimits());
    var few = new HostFacts(32_768, true, 300_000, Map.of());
    assertEquals(
        new Ulimit(1_024, 300_000), DefaultLimits.of(few, Map.of()).each().ulimits().get("nofile"));
  }

  @Test
  void hardLimitsAreRead() {
    String limits =
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             96365                unlimited            processes
        Max open files            1024                 20000                files
        Max locked memory         8388608              8388608              bytes
        """;
    assertEquals(
        Map.of("nproc", Long.MAX_VALUE, "nofile", 20_000L, "memlock", 8_388_608L),
        HostFacts.hardLimits(limits));
  }

  @Test
  void whatIsAskedForComesBeforeTheAllowance() {
    var allowance =
        new Allowance(50, Map.of("nofile", new Ulimit(1, 2), "nproc", new Ulimit(3, 4)));
    Resources usual = allowance.complete(Resources.UNLIMITED);
    assertEquals(50, usual.limits().pids());
    assertEquals(allowance.ulimits(), usual.ulimits());
    Resources asked =
        Resources.UNLIMITED
            .withLimits(Limits.builder().pids(-1L).memory(64L << 20).build())
            .withUlimits(Map.of("nofile", new Ulimit(9, 9)));
    Resources both = allowance.complete(asked);
    assertEquals(asked.limits(), both.limits());
    assertEquals(Map.of("nofile", new Ulimit(9, 9), "nproc", new Ulimit(3, 4)), both.ulimits());
    assertEquals(Resources.UNLIMITED, Allowance.NONE.complete(Resources.UNLIMITED));
  }
}
