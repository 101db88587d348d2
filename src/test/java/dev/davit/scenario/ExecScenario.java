package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `exec` must run its command in the container meant, as the container would, and hand its exit
/// code through.
@Kernel
@Timeout(60)
class ExecScenario {
  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
    checks.file(
        "name: ex\nservices: {web: {image: davit/host, init: true, command: sleep 1000, environment: {FROM: file}}}\n");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private String host(String... options) {
    String[] words = new String[options.length + 4];
    words[0] = "exec";
    words[1] = "-T";
    System.arraycopy(options, 0, words, 2, options.length);
    words[options.length + 2] = "web";
    words[options.length + 3] = "hostname";
    return checks.davit(words).succeeds().out().strip();
  }

  private String shortId(String container) {
    return checks.container(container).shortId();
  }

  @Test
  @Intent("[compose_exec] LocalComposeExec")
  void aCommandSeesTheContainersVariablesAndThoseAskedForAndItsCodeIsReturned() {
    checks.davit("exec", "-T", "web", "true").fails("not running");
    checks.davit("up", "-d").succeeds();
    checks.davit("exec", "-T", "web", "false").failsWith(1);
    checks.davit("exec", "-T", "web", "sh", "-c", "exit 42").failsWith(42);
    String print = "echo ${FROM-} ${MINE-none} ${SHELL_ONLY-none}";
    var caller = Map.of("MINE", "caller", "SHELL_ONLY", "caller");
    assertEquals(
        "file caller none\n",
        checks.davit(caller, "exec", "-T", "-e", "MINE", "web", "sh", "-c", print).out());
    assertEquals(
        "flag none none\n",
        checks.davit("exec", "-T", "-e", "FROM=flag", "web", "sh", "-c", print).out());
  }

  @Test
  @Intent("[compose_exec] LocalComposeExecOneOff")
  @Intent("[exec] Exec")
  void theServiceComesBeforeAOneOffAndAnIndexMeansNoOneOff() {
    checks.davit("run", "-d", "--name", "mine", "web").succeeds();
    assertEquals(shortId("mine"), host());
    checks.davit("exec", "-T", "--index=1", "web", "true").fails("not running container #1");
    checks.davit("up", "-d").succeeds();
    assertEquals(shortId("ex-web-1"), host());
    assertEquals(shortId("ex-web-1"), host("--index=1"));
    checks.davit("stop", "web").succeeds();
    assertEquals(shortId("mine"), host());
  }
}
