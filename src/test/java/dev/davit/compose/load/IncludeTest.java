package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Project;
import dev.davit.compose.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `include`: other projects become parts of this one.
class IncludeTest {
  private static final String WEB = "services: {web: {image: davit/host}}\n";

  private static Stack including(String include) {
    return Stack.of("include: " + include + "\n" + WEB);
  }

  @Test
  void everySortOfThingIsImported() {
    Project project =
        including("[db/compose.yaml]")
            .file(
                "db/compose.yaml",
                """
                name: other
                services:
                  db: {image: davit/host, volumes: ["data:/d"], networks: [back]}
                volumes: {data: {labels: {a: b}}}
                networks: {back: {internal: true}}
                """)
            .project();
    assertEquals("shop", project.name());
    assertEquals(Set.of("db", "web"), project.services().keySet());
    assertEquals("shop_data", project.volumes().get("data").name());
    assertEquals(true, project.networks().get("back").internal());
  }

  @Test
  void pathsAreRelativeToTheIncludedProject() {
    Stack stack =
        including("[db/compose.yaml, {path: db/other.yaml, project_directory: ./own}]")
            .file("db/compose.yaml", "services: {db: {image: a, volumes: ['./x:/x']}}")
            .file("db/other.yaml", "services: {other: {image: a, volumes: ['./x:/x']}}");
    Project project = stack.project();
    assertEquals("db/x", source(project, "db"));
    assertEquals("own/x", source(project, "other"));
  }

  /// The sources of a service's mounts, from the project directory.
  private static String source(Project project, String service) {
    return project.services().get(service).mounts().stream()
        .map(it -> project.workingDirectory().relativize(Path.of(it.source())).toString())
        .collect(Collectors.joining(" "));
  }

  @Test
  void environmentFilesAreForTheInside() {
    Project project =
        including("[db/compose.yaml]")
            .file(
                "db/compose.yaml",
                "services: {db: {image: 'a:${TAG}-${OUT}', environment: [TAG, OUT, NONE]}}")
            .file("db/.env", "TAG=in${OUT}\nOUT=lost\n")
            .file(".env", "OUT=out\n")
            .project();
    Service db = project.services().get("db");
    assertEquals("a:inout-out", db.image());
    assertEquals(Map.of("TAG", "inout", "OUT", "out"), db.command().environment());
    assertEquals(null, project.environment().get("TAG"));
  }

  @Test
  void environmentFilesCanBeNamedOrLeftOut() {
    Stack stack =
        including(
                """

                  - {path: db/compose.yaml, env_file: [a.env, b.env]}
                  - {path: none/compose.yaml, env_file: /dev/null}
                """)
            .file("db/compose.yaml", "services: {db: {image: 'a:${A}-${B}-${C:-none}'}}")
            .file("none/compose.yaml", "services: {none: {image: 'a:${C:-none}'}}")
            .file("db/.env", "C=c")
            .file("none/.env", "C=c")
            .file("a.env", "A=1\nB=1\n")
            .file("b.env", "B=2$A\n");
    assertEquals("a:1-21-none", stack.project().services().get("db").image());
    assertEquals("a:none", stack.project().services().get("none").image());
  }

  @Test
  void laterPathsLieOverTheFirst() {
    Project project =
        including("[{path: [db/compose.yaml, over.yaml]}]")
            .file("db/compose.yaml", "services: {db: {image: a, ports: [80], volumes: ['./x:/x']}}")
            .file("over.yaml", "services: {db: {user: b, ports: !reset [], volumes: ['./y:/y']}}")
            .project();
    Service db = project.services().get("db");
    assertEquals(Optional.of("b"), db.command().user());
    assertEquals(List.of(), db.networking().ports());
    assertEquals("db/x db/y", source(project, "db"));
  }

  @Test
  void theIncluderLiesOverWhatItIncludes() {
    Service db =
        Stack.of(
                """
                include: [db.yaml]
                services:
                  db: {user: b, ports: !override ["81:81"], environment: {A: !reset null}}
                """)
            .file(
                "db.yaml",
                "services: {db: {image: a, user: a, ports: ['80:80'], environment: {A: 1, B: 1}}}")
            .project()
            .services()
            .get("db");
    assertEquals(Optional.of("b"), db.command().user());
    assertEquals(1, db.networking().ports().size());
    assertEquals(Map.of("B", "1"), db.command().environment());
  }

  @Test
  void theFirstOfTwoIncludesWins() {
    Service db =
        including("[a.yaml, b.yaml, c.yaml]")
            .file("a.yaml", "services: {db: {image: a, user: a, cap_add: [NET_ADMIN]}}")
            .file("b.yaml", "services: {db: {image: b, init: true, cap_add: [SYS_TIME]}}")
            .file("c.yaml", "include: [a.yaml]")
            .project()
            .services()
            .get("db");
    assertEquals(Optional.of("a"), db.command().user());
    assertEquals(true, db.command().init());
  }

  @Test
  void whatIsIncludedTwiceIsThereOnce() {
    Project project =
        including("[a.yaml, b.yaml]")
            .file("a.yaml", "include: [base.yaml]\nservices: {a: {image: a}}")
            .file("b.yaml", "include: [base.yaml]\nservices: {b: {image: b}}")
            .file("base.yaml", "services: {db: {image: a, group_add: [x]}}")
            .project();
    assertEquals(List.of("x"), project.services().get("db").command().groups());
  }

  @Test
  void aServiceExtendsAnIncludedOne() {
    Service web =
        Stack.of("include: [db/compose.yaml]\nservices: {web: {extends: db, user: a}}")
            .file("db/compose.yaml", "services: {db: {image: davit/host, volumes: ['./x:/x']}}")
            .service();
    assertEquals(Optional.of("a"), web.command().user());
    assertEquals(1, web.mounts().size());
  }

  @Test
  void extendsWorksInsideAnIncludedProject() {
    Project project =
        including("[db/compose.yaml]")
            .file("db/compose.yaml", "services: {db: {extends: {file: ../c/c.yaml, service: c}}}")
            .file("c/c.yaml", "services: {c: {image: davit/host, volumes: ['./x:/x']}}")
            .project();
    assertEquals("c/x", source(project, "db"));
  }

  @Test
  void problemsShowTheWholeWay() {
    Stack stack =
        including("[db/compose.yaml]")
            .file("db/compose.yaml", "include:\n  - deep.yaml\n")
            .file("db/deep.yaml", "services: {db: {image: a, prts: []}}");
    assertEquals(
        """
        db/deep.yaml:1:27: error[DV0102]: services.db: unknown attribute "prts"
          1 | services: {db: {image: a, prts: []}}
            |                           ^^^^
        db/compose.yaml:2:5: note: included here
          2 |   - deep.yaml
            |     ^^^^^^^^^
        compose.yaml:1:11: note: included here
          1 | include: [db/compose.yaml]
            |           ^^^^^^^^^^^^^^^
          = help: did you mean "ports"?
        """,
        stack.errors());
  }

  @Test
  void problemsOfAllIncludesAreToldTogether() {
    assertEquals(
        """
        include[0].path[0]: file "no.yaml" not found
        include[2].env_file[0]: file "no.env" not found
        include[3]: include names no file
        services.db.image: expected a string, found a number
        """,
        including("[no.yaml, b.yaml, {path: c.yaml, env_file: no.env}, {env_file: x}]")
            .file("b.yaml", "services: {db: {image: 1}}")
            .file("c.yaml", "services: {c: {image: c}}")
            .messages());
  }

  @Test
  void onePathIsAListWhereVariablesStayToo() {
    Stack stack =
        Stack.of("include: [{path: sub/c.yaml, env_file: sub/e.env}]\n")
            .file("sub/c.yaml", "services: {db: {image: 'i:${TAG}'}}\n")
            .file("sub/e.env", "TAG=1\n");
    LoadResult raw = stack.load(LoadOptions.ALL.raw());
    assertEquals(Set.of("db"), raw.project().services().keySet());
  }

  @Test
  void cycleIsTold() {
    assertEquals(
        """
        b.yaml:1:11: error[DV0304]: include[0].path[0]: include cycle compose.yaml -> b.yaml -> \
        compose.yaml
          1 | include: [compose.yaml]
            |           ^^^^^^^^^^^^
        compose.yaml:1:11: note: included here
          1 | include: [b.yaml]
            |           ^^^^^^
        """,
        including("[b.yaml]").file("b.yaml", "include: [compose.yaml]").errors());
  }

  @Test
  void remoteFilesAreNotYet() {
    for (String remote : List.of("https://github.com/a/b.git", "git@host:a/b.git#x")) {
      assertEquals(
          "include[0].path[0]: remote file \"" + remote + "\" is not supported yet",
          including("['" + remote + "']").error());
    }
  }
}
