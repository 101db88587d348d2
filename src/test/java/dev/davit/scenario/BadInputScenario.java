package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.davit.test.Kernel;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What cannot be must be said with its place in the file, and must leave nothing that runs.
@Kernel
@Timeout(60)
class BadInputScenario {
  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("BadInput");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private void refuses(String service, String... reasons) throws Exception {
    checks.file("name: bad\nservices:\n  web:\n    image: davit/host\n    " + service + "\n");
    Checks.Ran ran = checks.davit("up", "-d");
    for (String reason : reasons) {
      ran.fails(reason);
    }
    checks.containers().forEach(name -> assertFalse(checks.container(name).state().alive(), name));
    checks.davit("down", "-v");
    assertEquals(java.util.List.of(), checks.containers());
  }

  @Test
  void commandThatIsNotThereIs127() throws Exception {
    checks.file("name: bad\nservices: {web: {image: davit/host, command: [no-such]}}\n");
    checks.davit("up", "-d").fails("compose.yaml:2:").fails("no-such");
    assertEquals(127, checks.container("bad-web-1").state().exitCode());
  }

  @Test
  void commandThatCannotBeExecutedIs126() throws Exception {
    checks.file("name: bad\nservices: {web: {image: davit/host, command: [/etc]}}\n");
    checks.davit("up", "-d").fails("compose.yaml:2:");
    assertEquals(126, checks.container("bad-web-1").state().exitCode());
  }

  @Test
  void failureIsToldAtTheAttributeThatCausesIt() throws Exception {
    refuses("command: /bin/report-no-such", "compose.yaml:5:", "services.web.command");
    refuses("group_add: [no-such-group]", "compose.yaml:5:", "services.web.group_add");
    refuses("cap_add: [NET_FOO]", "compose.yaml:5:", "services.web.cap_add");
    refuses("sysctls: {net.ipv4.no_such: 1}", "compose.yaml:5:", "services.web.sysctls");
  }

  @Test
  void failedStepBlamesItsOwnAttribute() throws Exception {
    // Words of other attributes stand in the message and must not be taken for them.
    checks.file(
        """
        name: bad
        services:
          web:
            image: davit/host
            mem_limit: 64m
            user: "0"
            command: [/port/user/memory/limit]
        """);
    checks
        .davit("up", "-d")
        .fails(
            "compose.yaml:7:5: error[DV0701]: services.web.command: program \"/port/user/memory/limit\" is not in")
        .fails("ENOENT");
    assertEquals(127, checks.container("bad-web-1").state().exitCode());
  }

  @Test
  void entrypointIsBlamedWhereItIsWritten() throws Exception {
    refuses(
        "entrypoint: [/etc/passwd]",
        "services.web.entrypoint: program \"/etc/passwd\" is not exec");
  }

  @Test
  void whatTheFileDoesNotSayIsTheServices() throws Exception {
    refuses("sysctls: {net.core.no-such: 1}", "compose.yaml:5:", "services.web.sysctls");
    refuses("group_add: [no-such-group]", "compose.yaml:5:", "services.web.group_add");
    refuses("working_dir: /etc/passwd", "compose.yaml:5:", "services.web.working_dir");
  }

  @Test
  void unknownUser() throws Exception {
    refuses("user: nobody-there", "compose.yaml:5:", "nobody-there");
  }

  @Test
  void missingBindSource() throws Exception {
    refuses(
        "volumes: [{type: bind, source: /no/such, target: /d, bind: {create_host_path: false}}]",
        "compose.yaml:5:",
        "/no/such");
  }

  @Test
  void memoryBelowTheMinimum() throws Exception {
    refuses("mem_limit: 1m", "compose.yaml:5:");
  }

  @Test
  void portInUse() throws Exception {
    try (var holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refuses(
          "ports: [\"127.0.0.1:" + holder.getLocalPort() + ":80\"]",
          "compose.yaml:5:",
          String.valueOf(holder.getLocalPort()));
    }
  }

  @Test
  void unknownImage() throws Exception {
    checks.file("name: bad\nservices: {web: {image: redis:7}}\n");
    checks.davit("up", "-d", "--pull", "never").fails("compose.yaml:2:").fails("redis:7");
  }

  @Test
  void undefinedNetwork() throws Exception {
    refuses("networks: [front]", "compose.yaml:5:", "front");
  }

  @Test
  void execOfWhatIsNotThereIs127() {
    checks.davit("-p", "x", "up", "-d").succeeds();
    assertEquals(127, checks.davit("-p", "x", "exec", "-T", "web", "no-such").code());
    assertEquals(126, checks.davit("-p", "x", "exec", "-T", "web", "/etc").code());
  }
}
