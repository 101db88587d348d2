package dev.davit.cli.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.cli.copy.Route.Present;
import dev.davit.error.DavitException;
import org.junit.jupiter.api.Test;

/// docker's rules for where a copy goes.
class RouteTest {
  private static String route(String source, boolean directory, String to, Present there) {
    Route route = Route.of(source, directory, to, there, null);
    return route.directory() + " " + route.name();
  }

  @Test
  void intoADirectoryUnderItsOwnNameOrAsItsContent() {
    assertEquals("/d f", route("/a/f", false, "/d", Present.DIRECTORY));
    assertEquals("/d a", route("/x/a/", true, "/d", Present.DIRECTORY));
    assertEquals("/d ", route("/x/a/.", true, "/d", Present.DIRECTORY));
    assertEquals("/d ", route(".", true, "/d", Present.DIRECTORY));
    assertEquals("/d ", route("/", true, "/d", Present.DIRECTORY));
  }

  @Test
  void overAFileOrToANewName() {
    assertEquals("/d/ g", route("/a/f", false, "/d/g", Present.OTHER));
    assertEquals("/d/ g", route("/a/f", false, "/d/g", Present.NOTHING));
    assertEquals("/d/ g", route("/a", true, "/d/g/", Present.NOTHING));
    assertEquals(". g", route("/a", true, "g", Present.NOTHING));
  }

  @Test
  void whatDockerRefuses() {
    assertThrows(DavitException.class, () -> route("/a", true, "/f", Present.OTHER));
    assertThrows(DavitException.class, () -> route("/f", false, "/d/", Present.NOTHING));
  }

  @Test
  void argumentsAreSidesAsDockerTellsThemApart() {
    assertEquals(new Side.Inside("web", "/x:y"), Side.parse("web:/x:y"));
    assertEquals(new Side.OnHost("./web:x"), Side.parse("./web:x"));
    assertEquals(new Side.OnHost("/a:b"), Side.parse("/a:b"));
    assertEquals(new Side.OnHost("file"), Side.parse("file"));
    assertEquals(new Side.Stream(), Side.parse("-"));
  }
}
