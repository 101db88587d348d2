package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.davit.compose.Logging;
import dev.davit.compose.Naming;
import dev.davit.compose.Service;
import dev.davit.compose.Stop;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamingTest {
  @Test
  void names() {
    assertEquals(
        new Naming(Optional.of("one"), Optional.of("web1"), Optional.of("example.org")),
        Stack.web("container_name: one\nhostname: web1\ndomainname: example.org")
            .service()
            .naming());
    assertEquals(
        "services.web.hostname: invalid host name \"a_b!\"", Stack.web("hostname: a_b!").error());
  }

  @Test
  void labelsAsListMappingOrFile() {
    var labels = Map.of("a.b", "1", "c", "");
    assertEquals(labels, Stack.web("labels: {a.b: 1, c: }").service().labels());
    assertEquals(labels, Stack.web("labels: [a.b=1, c]").service().labels());
    assertEquals(
        labels,
        Stack.web("labels: {c: ''}\nlabel_file: l")
            .file("l", "a.b=1\nc=file\n")
            .service()
            .labels());
  }

  @Test
  void stop() {
    assertEquals(
        new Stop(Optional.of("SIGINT"), Duration.ofSeconds(90)),
        Stack.web("stop_signal: SIGINT\nstop_grace_period: 1m30s").service().stop());
    assertEquals(new Stop(Optional.empty(), Stop.GRACE_PERIOD), Stack.web("").service().stop());
    assertEquals(
        "services.web.stop_signal: invalid signal \"SIGTREM\"",
        Stack.web("stop_signal: SIGTREM").error());
  }

  @Test
  void logging() {
    assertEquals(Logging.DEFAULT, Stack.web("").service().logging());
    assertEquals(
        new Logging("local", Map.of("max-size", "10m", "max-file", "3")),
        Stack.web("logging: {driver: local, options: {max-size: 10m, max-file: 3}}")
            .service()
            .logging());
    assertEquals(
        "services.web.logging.driver: logging driver \"syslog\" is not honoured yet:"
            + " json-file is used",
        Stack.web("logging: {driver: syslog}").warning());
  }

  @Test
  void imageAndTheRest() {
    Service service =
        Stack.web("pull_policy: if_not_present\nplatform: linux/arm64\nattach: false\nx-a: {b: 1}")
            .service();
    assertEquals("davit/host", service.image());
    assertEquals(Optional.of("missing"), service.source().pullPolicy());
    assertEquals(Optional.of("linux/arm64"), service.source().platform());
    assertFalse(service.attach());
  }
}
