package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.runtime.ExecAttribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityModulesTest {
  private static final SecurityModules NONE =
      new SecurityModules(Optional.empty(), Optional.empty());
  private static final SecurityModules SELINUX =
      new SecurityModules(Optional.empty(), Optional.of("system_u:system_r:container_t:s0"));
  private static final LsmConfig WEB = new LsmConfig(Optional.of("web"), Map.of());

  private static String context(Map<String, String> labels) {
    List<ExecAttribute> attributes = SELINUX.attributes(new LsmConfig(Optional.empty(), labels));
    assertEquals("/proc/self/attr/exec", attributes.getFirst().file());
    return attributes.getFirst().value();
  }

  @Test
  void profileGoesWhereTheKernelTakesIt() {
    var modules = new SecurityModules(Optional.of("/proc/self/attr/exec"), Optional.empty());
    assertEquals(
        List.of(new ExecAttribute("/proc/self/attr/exec", "exec web")), modules.attributes(WEB));
    assertEquals(List.of(), modules.attributes(LsmConfig.NONE));
    assertEquals(List.of(), modules.lacks(WEB));
  }

  @Test
  void labelsTakeTheirPlacesInThePolicysContext() {
    assertEquals("system_u:system_r:spc_t:s0", context(Map.of("type", "spc_t")));
    assertEquals(
        "me:system_r:container_t:s0:c1,c2", context(Map.of("user", "me", "level", "s0:c1,c2")));
    assertEquals(List.of(), SELINUX.attributes(LsmConfig.NONE));
    var withoutLevel = new SecurityModules(Optional.empty(), Optional.of("u:r:t"));
    assertEquals(
        "u:r:t:s0:c1",
        withoutLevel
            .attributes(new LsmConfig(Optional.empty(), Map.of("level", "s0:c1")))
            .getFirst()
            .value());
  }

  @Test
  void whatTheMachineLacksIsSaid() {
    assertEquals(List.of(), NONE.attributes(WEB));
    assertEquals(
        List.of("it is without AppArmor profile \"web\": this kernel runs without AppArmor"),
        NONE.lacks(WEB));
    assertEquals(
        List.of(
            "it is without its SELinux labels: this machine runs without SELinux,"
                + " or its policy has no context for containers"),
        NONE.lacks(new LsmConfig(Optional.empty(), Map.of("type", "spc_t"))));
    assertEquals(List.of(), NONE.lacks(LsmConfig.NONE));
  }

  @Test
  void settingsOfSelinuxAreRead(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("lxc_contexts");
    Files.writeString(
        file,
        """
        # process = "no"
        process = "system_u:system_r:container_t:s0"
        file = "system_u:object_r:container_file_t:s0"
        """);
    assertEquals(
        Optional.of("system_u:system_r:container_t:s0"), SecurityModules.setting(file, "process"));
    assertEquals(Optional.empty(), SecurityModules.setting(directory.resolve("none"), "process"));
  }
}
