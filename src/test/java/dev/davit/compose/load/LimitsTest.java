package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Limits;
import dev.davit.compose.Limits.Ulimit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static Limits limits(String attributes) {
    return Stack.web(attributes).service().limits();
  }

  @Test
  void ownAttributesAreThoseOfDeploy() {
    Limits own = limits("mem_limit: 64m\nmem_reservation: 32M\ncpus: '0.50'\npids_limit: 100");
    assertEquals(
        own,
        limits(
            """
            deploy:
              resources:
                limits: {memory: 67108864b, cpus: 0.5, pids: 100}
                reservations: {memory: 32mb}
            """));
    assertEquals(OptionalLong.of(64 << 20), own.memory());
    assertEquals(OptionalDouble.of(0.5), own.cpus());
  }

  @Test
  void theOthers() {
    Limits limits =
        limits(
            """
            mem_limit: 1.5g
            memswap_limit: -1
            cpu_shares: 512
            cpu_quota: 50000
            cpu_period: 100000
            cpuset: 0-1,3
            shm_size: 128k
            oom_score_adj: -500
            """);
    assertEquals(OptionalLong.of(1536L << 20), limits.memory());
    assertEquals(OptionalLong.of(-1), limits.memorySwap());
    assertEquals(OptionalLong.of(512), limits.cpuShares());
    assertEquals(OptionalLong.of(50000), limits.cpuQuota());
    assertEquals(OptionalLong.of(100000), limits.cpuPeriod());
    assertEquals(Optional.of("0-1,3"), limits.cpuset());
    assertEquals(OptionalLong.of(131072), limits.shmSize());
    assertEquals(OptionalInt.of(-500), limits.oomScoreAdj());
  }

  @Test
  void ulimits() {
    assertEquals(
        Map.of("nofile", new Ulimit(1024, 1024), "nproc", new Ulimit(10, 20)),
        limits("ulimits: {nofile: {soft: 1024, hard: 1024}, nproc: {soft: 10, hard: 20}}")
            .ulimits());
    assertEquals(limits("ulimits: {nofile: {soft: 9, hard: 9}}"), limits("ulimits: {nofile: 9}"));
  }

  @Test
  void differentAmountsAreAnError() {
    assertEquals(
        "services.web.cpus: cpus is 1 and deploy.resources.limits.cpus is 2",
        Stack.web("cpus: 1\ndeploy: {resources: {limits: {cpus: 2}}}").error());
    assertEquals(
        "services.web.memswap_limit: memswap_limit is less than mem_limit",
        Stack.web("mem_limit: 64m\nmemswap_limit: 32m").error());
    assertEquals(
        "services.web.deploy.resources.limits.memory:"
            + " memory limit of 1048576 bytes is below the minimum",
        Stack.web("deploy: {resources: {limits: {memory: 1m}}}").error());
  }
}
