package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.davit.engine.ContainerConfig.Security;
import dev.davit.image.UserIds;
import dev.davit.runtime.Seccomp;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpecsTest {
  private static final Security PRIVILEGED = Security.DEFAULT.withPrivileged(true);
  private static final Optional<String> PROFILE =
      Optional.of("{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": []}");

  private static Seccomp seccomp(Security security) {
    var config = ContainerConfig.of("web", "davit/host").withSecurity(security);
    var arguments = new Arguments(List.of("true"), List.of(), "/", "");
    var root = new UserIds(0, 0, List.of(), "/root");
    return Specs.process(config, "/bin/true", arguments, root).seccomp();
  }

  @Test
  void privilegedHasNoFilterButOneThatIsAskedFor() {
    assertEquals(Seccomp.DEFAULT, seccomp(Security.DEFAULT));
    assertEquals(Seccomp.UNCONFINED, seccomp(PRIVILEGED));
    assertInstanceOf(Seccomp.Own.class, seccomp(PRIVILEGED.withSeccompProfile(PROFILE)));
  }
}
