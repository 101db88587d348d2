package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Project;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an unset variable leaves is the same as nothing written.
class EmptyTextTest {
  @Test
  void loadWhenTextIsEmptyIsAsIfItWereNotWritten() {
    Project project =
        Stack.of(
                """
                services:
                  web:
                    image: davit/host
                    hostname: "${NONE:-}"
                    stop_signal: "${NONE:-}"
                    cpuset: "${NONE:-}"
                    networks: {front: {mac_address: "${NONE:-}", interface_name: "${NONE:-}"}}
                networks:
                  front: {ipam: {config: [{subnet: "${NONE:-}"}]}}
                """)
            .project();
    var web = project.services().get("web");
    var front = web.networking().networks().get("front");
    assertEquals(Optional.empty(), web.naming().hostname());
    assertEquals(Optional.empty(), web.stop().signal());
    assertEquals(Optional.empty(), web.limits().cpuset());
    assertEquals(Optional.empty(), front.macAddress());
    assertEquals(Optional.empty(), front.interfaceName());
    assertEquals(Optional.empty(), project.networks().get("front").ipam().getFirst().subnet());
  }
}
