package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.DavitException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SysctlsTest {
  private static ContainerConfig with(String name) {
    var config = ContainerConfig.of("web", "davit/host");
    return config.withSecurity(config.security().withSysctls(Map.of(name, "1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net.core.somaxconn",
        "net/ipv4/ip_forward",
        "net.ipv4.conf.eth0/7.forwarding",
        "kernel.shmmax",
        "fs.mqueue.msg_max"
      })
  void thoseOfItsNamespacesAreItsOwn(String name) {
    assertDoesNotThrow(() -> Sysctls.check(with(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel.panic",
        "kernel.core_pattern",
        "kernel.hostname",
        "vm.swappiness",
        "fs.file-max",
        "net",
        "net..x",
        "net./../kernel/core_pattern",
        "net.core.x y",
        "/net/core/x"
      })
  void thoseOfTheMachineAndWhatIsNoNameAreRefused(String name) {
    assertThrows(DavitException.class, () -> Sysctls.check(with(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"net.core.somaxconn", "kernel.shmmax"})
  void aSharedNamespaceIsTheMachines(String name) {
    ContainerConfig config =
        with(name)
            .withNetwork(Networking.HOST)
            .withNamespaces(
                new ContainerConfig.Namespaces("private", "host", "private", "private"));
    assertThrows(DavitException.class, () -> Sysctls.check(config));
  }
}
