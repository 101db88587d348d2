package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Project;
import dev.davit.compose.RestartPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an unset variable leaves is the same as nothing written.
class EmptyTextTest {
  @Test
  void loadWhenTextIsEmptyIsAsIfItWereNotWritten() {
    LoadResult loaded =
        Stack.of(
                """
                services:
                  web:
                    image: davit/host
                    hostname: "${NONE:-}"
                    stop_signal: "${NONE:-}"
                    cpuset: "${NONE:-}"
                    dns: "${NONE:-}"
                    ports: [{target: 80, mode: "${NONE:-}", protocol: "${NONE:-}"}]
                    volumes:
                      - {type: bind, source: /a, target: /a, bind: {propagation: "${NONE:-}"}}
                    deploy: {restart_policy: {condition: "${NONE:-}"}}
                    networks: {front: {mac_address: "${NONE:-}", interface_name: "${NONE:-}"}}
                networks:
                  front: {driver: "${NONE:-}", ipam: {config: [{subnet: "${NONE:-}"}]}}
                """)
            .load();
    Project project = loaded.project();
    assertEquals(List.of(), loaded.warnings());
    var web = project.services().get("web");
    var front = web.networking().networks().get("front");
    assertEquals(Optional.empty(), web.naming().hostname());
    assertEquals(Optional.empty(), web.stop().signal());
    assertEquals(Optional.empty(), web.limits().cpuset());
    assertEquals(List.of(), web.networking().dns().servers());
    assertEquals("tcp", web.networking().ports().getFirst().protocol());
    assertEquals(Optional.empty(), web.mounts().getFirst().propagation());
    assertEquals(RestartPolicy.Condition.ALWAYS, web.restart().condition());
    assertEquals(Optional.empty(), front.macAddress());
    assertEquals(Optional.empty(), front.interfaceName());
    assertEquals(Optional.empty(), project.networks().get("front").ipam().getFirst().subnet());
  }
}
