package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Mount;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.SourceMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `extends`: a service laid over another one.
class ExtendsTest {
  @Test
  void shortFormMeansTheSameDocument() {
    Service web =
        Stack.of(
                """
                services:
                  base: {image: davit/host, user: a, environment: {A: "1", B: "1"}, command: [a]}
                  web: {extends: base, environment: [B=2, C], command: b}
                """)
            .env("C", "3")
            .service();
    assertEquals(Optional.of("a"), web.command().user());
    assertEquals(Map.of("A", "1", "B", "2", "C", "3"), web.command().environment());
    assertEquals(Optional.of(List.of("b")), web.command().arguments());
  }

  @Test
  void chainsGoOnAndKeepTheExtendedServicesAsTheyAre() {
    Project project =
        Stack.of(
                """
                services:
                  web: {extends: middle, user: w}
                  middle: {extends: {service: base}, labels: {m: "1"}, user: m}
                  base: {image: davit/host, labels: {b: "1"}, user: b}
                """)
            .project();
    Service web = project.services().get("web");
    assertEquals(Optional.of("w"), web.command().user());
    assertEquals(Map.of("b", "1", "m", "1"), web.labels());
    assertEquals(Optional.of("m"), project.services().get("middle").command().user());
    assertEquals(Map.of("b", "1"), project.services().get("base").labels());
  }

  @Test
  void pathsOfAnotherFileAreRelativeToItsDirectory() {
    Project project =
        Stack.of(
                """
                services:
                  web:
                    extends: {file: common/base.yaml, service: base}
                    volumes: ["./own:/own"]
                """)
            .file(
                "common/base.yaml",
                """
                services:
                  base:
                    extends: {file: ../other/deep.yaml, service: deep}
                    volumes: ["./base:/base", "/abs:/abs", "~/home:/home"]
                    env_file: base.env
                """)
            .file("common/base.env", "A=1")
            .file("other/deep.yaml", "services: {deep: {image: davit/host, volumes: [./d:/d]}}")
            .env("HOME", "/root")
            .project();
    Service web = project.services().get("web");
    Path directory = project.workingDirectory();
    assertEquals(
        List.of(
            directory.resolve("other/d").toString(),
            directory.resolve("common/base").toString(),
            "/abs",
            "/root/home",
            directory.resolve("own").toString()),
        web.mounts().stream().map(Mount::source).toList());
    assertEquals(Map.of("A", "1"), web.command().environment());
  }

  @Test
  void tagsTakeAwayWhatIsExtended() {
    Service web =
        Stack.of(
                """
                services:
                  base:
                    image: davit/host
                    ports: ["80:80"]
                    environment: {A: "1", B: "1"}
                    command: a
                    profiles: [never]
                  web:
                    extends: base
                    ports: !override ["81:81"]
                    environment: {A: !reset null}
                    command: !reset null
                    profiles: !reset []
                """)
            .service();
    assertEquals(1, web.networking().ports().size());
    assertEquals(Map.of("B", "1"), web.command().environment());
    assertEquals(Optional.empty(), web.command().arguments());
  }

  @Test
  void tagsOfTheExtendedServiceStayWithIt() {
    Service web =
        Stack.of(
                """
                services:
                  base: {image: davit/host, ports: ["80:80"], profiles: [x]}
                  middle: {extends: base, ports: !override ["81:81"]}
                  web: {extends: middle, ports: ["82:82"], profiles: !reset []}
                """)
            .service();
    assertEquals(2, web.networking().ports().size());
  }

  @Test
  void anExtendedFileNeedNotBeAWholeProject() {
    Service web =
        Stack.of("services: {web: {extends: {file: base.yaml, service: base}}}")
            .file(
                "base.yaml",
                """
                include: [nowhere.yaml]
                unknown: 1
                services:
                  base: {image: davit/host, user: a}
                  broken: {ports: {a: b}, image: "${MISSING:?no}"}
                ---
                services:
                  base: {user: b}
                """)
            .service();
    assertEquals(Optional.of("b"), web.command().user());
  }

  @Test
  void everyDocumentExtendsBeforeItIsMerged() {
    Service web =
        Stack.of(
                """
                services:
                  base: {image: davit/host, user: base, init: true}
                  web: {extends: base, user: web}
                """)
            .file("b.yaml", "services: {base: {user: late}, web: {labels: {a: b}}}")
            .named("compose.yaml", "b.yaml")
            .service();
    assertEquals(Optional.of("web"), web.command().user());
    assertEquals(Map.of("a", "b"), web.labels());
  }

  @Test
  void placesKnowWhatLedToThem() {
    Stack stack =
        Stack.of(
                """
                services:
                  web:
                    extends: {file: base.yaml, service: base}
                """)
            .file("base.yaml", "services: {base: {image: davit/host, networks: [lan]}}");
    assertEquals(
        """
        base.yaml:1:49: error[DV0402]: services.web.networks: undefined network "lan"
          1 | services: {base: {image: davit/host, networks: [lan]}}
            |                                                 ^^^
        compose.yaml:3:41: note: extended by service "web"
          3 |     extends: {file: base.yaml, service: base}
            |                                         ^^^^
          = help: add "lan:" below networks: at the top level
        """,
        stack.errors());
  }

  @Test
  void sourceMapPointsToTheExtendedFile() {
    SourceMap sources =
        Stack.of("services: {web: {extends: {file: base.yaml, service: base}, user: a}}")
            .file("base.yaml", "services:\n  base: {image: davit/host}\n")
            .project()
            .sources();
    assertEquals("base.yaml:2:17", "" + sources.place("services.web.image").orElseThrow());
    assertEquals("compose.yaml:1:67", "" + sources.place("services.web.user").orElseThrow());
  }

  @Test
  void candidatesOfTheExtendedServiceAreKept() {
    LoadResult result =
        Stack.of(
                """
                services:
                  base: {image: davit/host, user: a}
                  middle: {extends: base, user: b}
                  web: {extends: middle, user: c}
                """)
            .load();
    assertEquals(
        List.of("a", "b"),
        result.candidates().lost("services.web.user").stream()
            .map(it -> it.text().orElseThrow())
            .toList());
  }

  @Test
  void undefinedServiceIsToldWithTheLikelyOne() {
    assertEquals(
        """
        compose.yaml:3:18: error[DV0305]: services.web.extends: undefined service "bse"
          3 |   web: {extends: bse}
            |                  ^^^
          = help: did you mean "base"?
        """,
        Stack.of("services:\n  base: {image: davit/host}\n  web: {extends: bse}\n").errors());
  }

  @Test
  void serviceOfAnotherFileNeedsItsName() {
    assertEquals(
        """
        b.yaml:1:27: error[DV0305]: services.web.extends: undefined service "base"
          1 | services: {web: {extends: base}}
            |                           ^^^^
          = help: it is in another document: write file: compose.yaml too
        """,
        Stack.of("services: {base: {image: davit/host}}\n")
            .file("b.yaml", "services: {web: {extends: base}}\n")
            .named("compose.yaml", "b.yaml")
            .errors());
  }

  @Test
  void everythingThatCannotBeExtendedIsToldTogether() {
    assertEquals(
        """
        services.web.extends.file: file "no.yaml" not found
        services.db.extends: no service "bse" in "base.yaml"
        services.app.extends: attribute "service" is missing
        """,
        Stack.of(
                """
                services:
                  web: {extends: {file: no.yaml, service: a}}
                  db: {extends: {file: base.yaml, service: bse}}
                  app: {extends: {file: base.yaml}}
                """)
            .file("base.yaml", "services: {base: {image: davit/host}}")
            .messages());
  }

  @Test
  void remoteFileIsNotYet() {
    assertEquals(
        "services.web.extends.file: remote file \"https://a/b.yaml\" is not supported yet",
        Stack.of("services: {web: {extends: {file: 'https://a/b.yaml', service: a}}}").error());
  }

  @Test
  void cycleIsToldOnceWithItsPlaces() {
    assertEquals(
        """
        compose.yaml:4:16: error[DV0306]: services.c.extends: extends cycle web -> b -> c -> web
          4 |   c: {extends: web}
            |                ^^^
        compose.yaml:2:18: note: "b" is extended here
          2 |   web: {extends: b}
            |                  ^
        compose.yaml:3:16: note: "c" is extended here
          3 |   b: {extends: c}
            |                ^
        """,
        Stack.of("services:\n  web: {extends: b}\n  b: {extends: c}\n  c: {extends: web}\n")
            .errors());
  }

  @Test
  void cycleThroughAnotherFileIsToldToo() {
    assertEquals(
        """
        base.yaml:2:46: error[DV0306]: services.b.extends: extends cycle web -> b -> web
          2 |   b: {extends: {file: compose.yaml, service: web}}
            |                                              ^^^
        compose.yaml:2:45: note: extended by service "web"
          2 |   web: {extends: {file: base.yaml, service: b}}
            |                                             ^
        """,
        Stack.of("services:\n  web: {extends: {file: base.yaml, service: b}}\n")
            .file("base.yaml", "services:\n  b: {extends: {file: compose.yaml, service: web}}\n")
            .errors());
  }

  @Test
  void aBadValueOfAnExtendedFileIsToldWithItsWay() {
    assertEquals(
        """
        base.yaml:2:10: error[DV0101]: services.base.init: expected true or false, found a list
          2 |   base: {init: [1]}
            |          ^^^^
        compose.yaml:2:45: note: extended by service "web"
          2 |   web: {extends: {file: base.yaml, service: base}}
            |                                             ^^^^
        """,
        Stack.of("services:\n  web: {extends: {file: base.yaml, service: base}}\n")
            .file("base.yaml", "services:\n  base: {init: [1]}\n")
            .errors());
  }
}
