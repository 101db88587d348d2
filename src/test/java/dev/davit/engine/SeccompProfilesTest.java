package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.DavitException;
import dev.davit.runtime.Capability;
import dev.davit.runtime.SeccompProfile;
import dev.davit.runtime.SeccompProfile.Comparison;
import dev.davit.runtime.SeccompProfile.Operator;
import dev.davit.runtime.SeccompProfile.Rule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeccompProfilesTest {
  @Test
  void isReadAsDockerReadsIt() {
    var profile =
        SeccompProfiles.parse(
            """
            {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38, "architectures": ["x"],
             "syscalls": [
              {"names": ["read", "write"], "action": "SCMP_ACT_ALLOW"},
              {"name": "personality", "action": "SCMP_ACT_ERRNO", "errnoRet": 1,
               "args": [{"index": 0, "value": 18446744073709551615, "op": "SCMP_CMP_NE"}],
               "includes": {"caps": ["CAP_SYS_ADMIN"], "minKernel": "4.8"},
               "excludes": {"caps": ["CAP_BPF"]}},
              {"names": ["a"], "action": "SCMP_ACT_ALLOW", "includes": {"arches": ["s390"]}},
              {"names": ["b"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "99.0"}}]}
            """);
    var allow = new Rule(Set.of("read", "write"), 0x7fff0000, List.of(), Set.of(), Set.of());
    var refuse =
        new Rule(
            Set.of("personality"),
            0x00050001,
            List.of(new Comparison(0, Operator.NOT_EQUAL, -1, 0)),
            Set.of(Capability.SYS_ADMIN),
            Set.of(Capability.BPF));
    assertEquals(new SeccompProfile(0x00050026, List.of(allow, refuse)), profile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}",
        "{\"defaultAction\": \"SCMP_ACT_NOTIFY\"}",
        "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [{\"action\": \"SCMP_ACT_ALLOW\"}]}"
      })
  void whatIsNoneIsRefused(String text) {
    assertThrows(DavitException.class, () -> SeccompProfiles.parse(text));
  }
}
