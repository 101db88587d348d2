package dev.davit.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.Project;
import dev.davit.compose.load.ComposeLoader;
import dev.davit.compose.load.LoadRequest;
import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.Operation;
import dev.davit.reconcile.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A failure points to what it names, and to the service where it names nothing.
class BlameTest {
  private static final String FILE =
      """
      name: shop
      services:
        web:
          image: davit/host
          command: [sh]
          user: "0:0"
          deploy: {resources: {limits: {memory: 64m}}}
          ports:
            - "80:8000"
            - "127.0.0.1:81:8001/udp"
          volumes:
            - data:/data
          tmpfs:
            - /scratch
          networks: [front]
        bare:
          image: davit/host
          entrypoint: [sh]
      networks:
        front: {ipam: {config: [{subnet: 10.9.0.0/24}]}}
      volumes:
        data: {}
      """;

  @TempDir private Path directory;
  private Optional<Project> project = Optional.empty();

  @BeforeEach
  void load() throws Exception {
    Files.writeString(directory.resolve("compose.yaml"), FILE);
    var request = LoadRequest.in(directory, Map.of());
    project = Optional.of(ComposeLoader.load(request).project());
  }

  private static DavitException failure() {
    // Words of many attributes, that must not be taken for one.
    return new DavitException(Kind.INVALID, "port user image memory limit mount address", "help");
  }

  private String blamed(String service, Part part, String value) {
    return line(service, failure().about(new Culprit(part, value)));
  }

  private String line(String service, DavitException cause) {
    var subject = new Subject(Subject.Kind.CONTAINER, "shop-" + service + "-1", service + ":1");
    return path(new Operation.StartContainer(subject, subject.name(), "test"), cause);
  }

  private String path(Operation operation, DavitException cause) {
    String text = Blame.problem(project, operation, cause).print();
    String[] words = text.lines().findFirst().orElseThrow().split(": ", -1);
    assertTrue(words[1].matches("error\\[DV07\\d\\d]"), text);
    return words[2];
  }

  @Test
  void whatIsNamedIsBlamed() {
    assertEquals("services.web.image", blamed("web", Part.IMAGE, ""));
    assertEquals("services.web.command", blamed("web", Part.COMMAND, ""));
    assertEquals("services.bare.entrypoint", blamed("bare", Part.COMMAND, ""));
    assertEquals("services.web.user", blamed("web", Part.USER, ""));
    assertEquals("services.web.ports[0]", blamed("web", Part.PORT, "80/tcp"));
    assertEquals("services.web.ports[1]", blamed("web", Part.PORT, "127.0.0.1:81/udp"));
    assertEquals("services.web.volumes[0]", blamed("web", Part.MOUNT, "/data"));
    assertEquals("services.web.tmpfs[0]", blamed("web", Part.MOUNT, "/scratch"));
    assertEquals("services.web.networks.front", blamed("web", Part.NETWORK, "shop_front"));
    assertEquals(
        "services.web.deploy.resources.limits.memory", blamed("web", Part.LIMIT, "memory"));
  }

  @Test
  void whatIsNotNamedOrNotWrittenIsTheServices() {
    assertEquals("services.web", line("web", failure()));
    assertEquals("services.bare", blamed("bare", Part.USER, ""));
    assertEquals("services.bare", blamed("bare", Part.LIMIT, "pids"));
    assertEquals("services.bare", blamed("bare", Part.MOUNT, "/volume/of/the/image"));
  }

  @Test
  void networkIsBlamedByItsSubnet() {
    var subject = new Subject(Subject.Kind.NETWORK, "shop_front", "front");
    var operation = new Operation.RemoveNetwork(subject, "test");
    assertEquals(
        "networks.front.ipam.config[0].subnet",
        path(operation, failure().about(Culprit.of(Part.SUBNET))));
    assertEquals("networks.front", path(operation, failure()));
  }

  @Test
  void withoutFileTheContainerIsNamed() {
    project = Optional.empty();
    var subject = new Subject(Subject.Kind.CONTAINER, "shop-web-1", "web:1");
    var operation = new Operation.StartContainer(subject, subject.name(), "test");
    DavitException failure = failure().about(Culprit.of(Part.IMAGE));
    String text = Blame.problem(project, operation, failure).print();
    assertTrue(text.startsWith("davit: error[DV0701]: Container shop-web-1: "), text);
  }
}
