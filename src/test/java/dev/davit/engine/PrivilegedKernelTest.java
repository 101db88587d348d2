package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerConfig.Security;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.runtime.Capability;
import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Kernel
class PrivilegedKernelTest {
  private static final Security PRIVILEGED = Security.DEFAULT.withPrivileged(true);
  private Bench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private List<String> output(String script) throws Exception {
    bench.run(Bench.shell("web", script).withSecurity(PRIVILEGED));
    bench.awaiting("web", WaitCondition.NOT_RUNNING);
    return bench.log("web");
  }

  @Test
  void itHasTheDevicesOfTheHost() throws Exception {
    List<String> inside =
        output("find /dev -xdev \\( -type b -o -type c \\) -exec stat -c '%n %t %T %a %u %g' {} +");
    List<String> missing =
        HostDevices.list().stream()
            .map(
                device ->
                    "%s %x %x %o %d %d"
                        .formatted(
                            device.path(),
                            device.major(),
                            device.minor(),
                            device.mode(),
                            device.uid(),
                            device.gid()))
            .filter(line -> !inside.contains(line))
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void nothingIsMaskedAndSysIsWritable() throws Exception {
    List<String> lines =
        output(
            "grep -c ' /proc/' /proc/mounts; grep ' /sys sysfs' /proc/mounts | cut -d' ' -f4;"
                + " grep Seccomp: /proc/self/status; grep CapEff /proc/self/status");
    assertEquals("0", lines.get(0));
    assertTrue(lines.get(1).startsWith("rw,"), lines.get(1));
    assertEquals("Seccomp:\t0", lines.get(2));
    String own =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("CapPrm"))
            .findFirst()
            .orElseThrow();
    assertEquals(own.replace("CapPrm", "CapEff"), lines.get(3));
  }

  @Test
  void allCapabilitiesAreThoseOfTheEngine() {
    Set<Capability> held = EnumSet.of(Capability.CHOWN, Capability.SYS_ADMIN);
    assertEquals(held, Specs.capabilities(PRIVILEGED, held));
  }
}
