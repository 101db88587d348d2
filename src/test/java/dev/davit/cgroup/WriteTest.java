package dev.davit.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteTest {
  private static final long MIB = 1 << 20;

  private static Limits limits(UnaryOperator<Limits.Builder> fill) {
    return fill.apply(Limits.builder()).build();
  }

  private static String print(List<Write> writes) {
    return writes.stream()
        .map(write -> write.file() + "=" + write.value() + (write.optional() ? "?" : ""))
        .collect(Collectors.joining(" "));
  }

  private static void check(String unified, String controllers, UnaryOperator<Limits.Builder> f) {
    assertEquals(unified, print(Write.unified(limits(f))));
    assertEquals(controllers, print(Write.controllers(limits(f))));
  }

  @Test
  void noLimitsAreNoWrites() {
    check("", "", it -> it);
  }

  @Test
  void blockDevicesHaveWeightsAndRates() {
    var share =
        new BlockIo(
            OptionalInt.of(1000),
            Map.of("8:0", 10),
            Map.of("8:0", 1024L),
            Map.of(),
            Map.of(),
            Map.of("8:0", 5L));
    check(
        "io.bfq.weight=1000? io.weight=default 10000? io.bfq.weight=8:0 10? io.weight=8:0 1?"
            + " io.max=8:0 rbps=1024 wiops=5",
        "blkio.bfq.weight=1000? blkio.weight=1000? blkio.bfq.weight_device=8:0 10?"
            + " blkio.weight_device=8:0 10? blkio.throttle.read_bps_device=8:0 1024"
            + " blkio.throttle.write_iops_device=8:0 5",
        it -> it.blockIo(share));
  }

  @Test
  void whatVersion2HasNotIsWrittenOnVersion1Only() {
    check(
        "",
        "memory.swappiness=10 memory.oom_control=1 cpu.rt_period_us=1000? cpu.rt_runtime_us=500?",
        it -> it.swappiness(10L).oomKillDisable(true).realTime(1000L, 500L));
  }

  @Test
  void memoryAloneAllowsAsMuchSwap() {
    check(
        "memory.max=10485760 memory.swap.max=10485760?",
        "memory.limit_in_bytes=10485760 memory.memsw.limit_in_bytes=20971520?",
        it -> it.memory(10 * MIB));
  }

  @Test
  void swapIsCountedWithMemoryByDockerAndAloneByTheKernel() {
    check(
        "memory.max=10485760 memory.swap.max=0?",
        "memory.limit_in_bytes=10485760 memory.memsw.limit_in_bytes=10485760?",
        it -> it.memory(10 * MIB).memorySwap(10 * MIB));
    check(
        "memory.max=10485760 memory.swap.max=max?",
        "memory.limit_in_bytes=10485760 memory.memsw.limit_in_bytes=-1?",
        it -> it.memory(10 * MIB).memorySwap(-1L));
  }

  @Test
  void cpusAreAQuotaOfEachPeriod() {
    check(
        "cpu.max=150000 100000",
        "cpu.cfs_period_us=100000 cpu.cfs_quota_us=150000",
        it -> it.nanoCpus(1_500_000_000L));
    check(
        "cpu.max=25000 50000",
        "cpu.cfs_period_us=50000 cpu.cfs_quota_us=25000",
        it -> it.cpuQuota(25_000L).cpuPeriod(50_000L));
    check("cpu.max=max 100000", "cpu.cfs_quota_us=-1", it -> it.cpuQuota(-1L));
  }

  @Test
  void theOthersAreWrittenAsTheyAre() {
    check(
        "memory.low=7 cpuset.cpus=0-1,3 cpuset.mems=0 pids.max=max",
        "memory.soft_limit_in_bytes=7 cpuset.cpus=0-1,3 cpuset.mems=0 pids.max=max",
        it -> it.memoryReservation(7L).cpusetCpus("0-1,3").cpusetMems("0").pids(-1L));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "512,59", "1024,100", "2048,174", "262144,10000", "999999,10000"})
  void sharesBecomeWeight(long shares, long weight) {
    assertEquals("cpu.weight=" + weight, print(Write.unified(limits(it -> it.cpuShares(shares)))));
  }

  @Test
  void impossibleLimitsAreRefused() {
    refused("memory limit \"1048576\"", it -> it.memory(MIB));
    refused("memory and swap limit \"9\"", it -> it.memory(10 * MIB).memorySwap(9L));
    refused("memory and swap limit \"9\"", it -> it.memorySwap(9L));
    refused("cpus limit \"1\"", it -> it.nanoCpus(1L));
    refused("cpus limit \"500000000\"", it -> it.nanoCpus(500_000_000L).cpuQuota(5_000L));
    refused("cpu period limit \"1\"", it -> it.cpuPeriod(1L));
  }

  private static void refused(String message, UnaryOperator<Limits.Builder> fill) {
    var error = assertThrows(DavitException.class, () -> limits(fill));
    assertEquals(Kind.INVALID, error.kind());
    assertEquals(message, error.getMessage());
  }
}
