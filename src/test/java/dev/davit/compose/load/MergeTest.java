package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Dependency;
import dev.davit.compose.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static Stack two(String base, String over) {
    return Stack.web(base)
        .file("compose.override.yaml", Stack.web(over).files().get("compose.yaml"));
  }

  @Test
  void mappingsMergeListsAppendAndScalarsAreReplaced() {
    Service web =
        two(
                "user: a\nenvironment: [A=1, B=1]\nports: ['80:80']\ncommand: a b",
                "user: b\nenvironment: {B: 2, C: 3}\nports: [81]\ncommand: c")
            .service();
    assertEquals(Optional.of("b"), web.command().user());
    assertEquals(Map.of("A", "1", "B", "2", "C", "3"), web.command().environment());
    assertEquals(2, web.networking().ports().size());
    assertEquals(Optional.of(List.of("c")), web.command().arguments());
  }

  @Test
  void nullKeepsWhatWasThereExceptForCommands() {
    Service web = two("deploy: {replicas: 2}\ncommand: a", "deploy:\ncommand:").service();
    assertEquals(2, web.replicas());
    assertEquals(Optional.empty(), web.command().arguments());
  }

  @Test
  void optionsOfAnotherLoggingDriverGo() {
    Service web =
        two(
                "logging: {driver: local, options: {max-size: 1m}}",
                "logging: {driver: json-file, options: {max-file: 2}}")
            .service();
    assertEquals(Map.of("max-file", "2"), web.logging().options());
  }

  @Test
  void documentsOfOneFileMergeToo() {
    String compose = Stack.web("user: a").files().get("compose.yaml");
    Stack stack = Stack.of(compose + "---\nservices: {web: {user: b}}\n");
    assertEquals(Optional.of("b"), stack.service().command().user());
  }

  @Test
  void overrideNeedNotBeWhole() {
    Stack stack =
        Stack.web("")
            .file("prod.yaml", "services: {web: {user: b}}\n")
            .named("compose.yaml", "prod.yaml");
    assertEquals(Optional.of("b"), stack.service().command().user());
  }

  @Test
  void entriesOfTheSameMeaningAreReplacedWhereTheyStood() {
    Service web =
        two(
                "tmpfs: [/a, '/b:size=1m']\ndns_opt: [ndots:1, a=1]\nvolumes: ['/x:/t', '/y:/u']",
                "tmpfs: ['/b:size=1m', /c]\ndns_opt: [a=2]\nvolumes: ['data:/t']")
            .file("c.yaml", "volumes: {data: }")
            .named("compose.yaml", "compose.override.yaml", "c.yaml")
            .service();
    assertEquals(
        List.of("data /t", "/y /u", " /a", " /b", " /c"),
        web.mounts().stream().map(it -> it.source() + " " + it.target()).toList());
    assertEquals(List.of("ndots:1", "a=2"), web.networking().dns().options());
  }

  @Test
  void everyAddressIsTheSameAsNoAddress() {
    Service web = two("ports: ['80:80']", "ports: ['0.0.0.0:80:80']").service();
    assertEquals(1, web.networking().ports().size());
  }

  @Test
  void targetsThatAreTheSameWhenCleanAreOne() {
    var mounts = two("volumes: ['/x:/t']", "volumes: ['/y:/t/']").service().mounts();
    assertEquals(1, mounts.size());
    assertEquals("/y", mounts.getFirst().source());
  }

  @Test
  void subnetsAreMergedByTheirAddress() {
    Stack stack =
        Stack.web("networks: [n]")
            .file("a.yaml", "networks: {n: {ipam: {config: [{subnet: 10.9.0.0/24}]}}}")
            .file(
                "b.yaml",
                "networks: {n: {ipam: {config: [{subnet: 10.9.0.0/24, gateway: 10.9.0.9}]}}}")
            .named("compose.yaml", "a.yaml", "b.yaml");
    var ipam = stack.project().networks().get("n").ipam();
    assertEquals(1, ipam.size());
    assertEquals(Optional.of("10.9.0.9"), ipam.getFirst().gateway());
  }

  @Test
  void dependencyInShortFormStatesWhatItMeans() {
    Stack stack =
        Stack.of(
                """
                services:
                  web:
                    image: a
                    depends_on: {db: {condition: service_completed_successfully, required: false}}
                  db: {image: b}
                """)
            .file("b.yaml", "services: {web: {depends_on: [db]}}")
            .named("compose.yaml", "b.yaml");
    Dependency db = stack.service().dependsOn().get("db");
    assertEquals(Dependency.Condition.SERVICE_STARTED, db.condition());
    assertEquals(true, db.required());
  }

  @Test
  void requiredAttributesMayBeInAnotherFile() {
    Stack stack =
        Stack.of(
                """
                services:
                  web: {image: a, depends_on: {db: {condition: service_started}}}
                  db: {image: b}
                """)
            .file("b.yaml", "services: {web: {depends_on: {db: {restart: true}}}}")
            .named("compose.yaml", "b.yaml");
    assertEquals(true, stack.service().dependsOn().get("db").restart());
  }

  @Test
  void nothingKeepsWhatWasThereAndIsAMistakeOtherwise() {
    String nothing = "ports:\nenvironment:\nlogging:\nhealthcheck:\nuser:";
    Service web =
        two(
                "ports: ['80:80']\nenvironment: {A: 1}\nlogging: {driver: local}\nhealthcheck: {test: a}\nuser: a",
                nothing)
            .service();
    assertEquals(1, web.networking().ports().size());
    assertEquals(Optional.of("a"), web.command().user());
    assertEquals(
        """
        services.web.ports: expected a list, found nothing
        services.web.environment: expected a mapping or a list of KEY=VALUE, found nothing
        services.web.logging: expected a mapping, found nothing
        services.web.healthcheck: expected a mapping, found nothing
        services.web.user: expected a string, found nothing
        """,
        Stack.web(nothing).messages());
  }

  @Test
  void listItemsThatLostAreKept() {
    LoadResult result = two("volumes: ['/x:/t', '/y:/u']", "volumes: ['/z:/u']").load();
    assertEquals(
        List.of("{type: bind, source: /y, target: /u, bind: {}}"),
        result.candidates().lost("services.web.volumes[1]").stream()
            .map(it -> it.text().orElseThrow())
            .toList());
  }
}
