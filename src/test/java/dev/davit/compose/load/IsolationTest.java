package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.Isolation;
import dev.davit.compose.NamespaceMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IsolationTest {
  private static Isolation isolation(String attributes) {
    return Stack.web(attributes).service().isolation();
  }

  @Test
  void capabilitiesLoseTheirPrefix() {
    Isolation isolation = isolation("cap_add: [CAP_NET_ADMIN, net_raw]\ncap_drop: [ALL]");
    assertEquals(List.of("NET_ADMIN", "NET_RAW"), isolation.capAdd());
    assertEquals(List.of("ALL"), isolation.capDrop());
  }

  @Test
  void defaultsAreStrict() {
    Isolation isolation = isolation("");
    assertTrue(isolation.seccomp());
    assertFalse(isolation.privileged() || isolation.readOnly() || isolation.noNewPrivileges());
    assertEquals(NamespaceMode.OWN, isolation.pid());
  }

  @Test
  void securityOptions() {
    assertTrue(isolation("security_opt: ['no-new-privileges:true']").noNewPrivileges());
    assertTrue(isolation("security_opt: [no-new-privileges]").noNewPrivileges());
    assertFalse(isolation("security_opt: [seccomp=unconfined]").seccomp());
    assertEquals(
        "services.web.security_opt[0]: security option \"label=filetype:x\" is not honoured yet:"
            + " the container is without it",
        Stack.web("security_opt: ['label=filetype:x']").warning());
  }

  @Test
  void lastSecurityOptionOfANameCounts() {
    Isolation isolation =
        isolation(
            "security_opt: [seccomp=unconfined, 'seccomp:a.json', no-new-privileges,"
                + " 'no-new-privileges:false']");
    assertEquals(Optional.of("a.json"), isolation.seccompProfile());
    assertTrue(isolation.seccomp());
    assertFalse(isolation.noNewPrivileges());
  }

  @Test
  void securityModules() {
    assertEquals(
        Optional.of("docker-default"),
        isolation("security_opt: ['apparmor:docker-default']").apparmorProfile());
    assertEquals(
        Optional.empty(), isolation("security_opt: [apparmor=unconfined]").apparmorProfile());
    assertEquals(
        Map.of("type", "spc_t", "level", "s0:c1,c2"),
        isolation("security_opt: ['label=type:spc_t', 'label:level:s0:c1,c2']").selinuxLabels());
    assertEquals(
        Map.of(), isolation("security_opt: ['label=type:spc_t', label=disable]").selinuxLabels());
  }

  @Test
  void namespaces() {
    Isolation isolation = isolation("pid: host\nipc: shareable\nuts: host\ncgroup: host");
    assertEquals(NamespaceMode.HOST, isolation.pid());
    assertEquals(NamespaceMode.OWN, isolation.ipc());
    assertEquals(NamespaceMode.HOST, isolation.uts());
    assertEquals(NamespaceMode.HOST, isolation.cgroup());
    assertEquals(
        "services.web.pid: undefined service \"nobody\"",
        Stack.web("pid: 'service:nobody'").error());
  }

  @Test
  void sysctlsAsListOrMapping() {
    var sysctls = Map.of("net.core.somaxconn", "1024");
    assertEquals(sysctls, isolation("sysctls: {net.core.somaxconn: 1024}").sysctls());
    assertEquals(sysctls, isolation("sysctls: [net.core.somaxconn=1024]").sysctls());
  }
}
