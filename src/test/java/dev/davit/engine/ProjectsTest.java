package dev.davit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.davit.stored.Aside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsTest {
  @TempDir private Path root;
  private Projects projects;

  @BeforeEach
  void open() {
    projects = new Projects(root.resolve("projects"), new Aside(root));
  }

  @Test
  void whatIsKeptIsThereForTheNextEngineUntilItIsForgotten() {
    assertEquals(Optional.empty(), projects.find("shop"));
    projects.keep("shop", "one".getBytes(UTF_8));
    projects.keep("shop", "two".getBytes(UTF_8));
    var next = new Projects(root.resolve("projects"), new Aside(root));
    assertArrayEquals("two".getBytes(UTF_8), next.find("shop").orElseThrow());
    assertEquals(List.of("shop"), next.names());
    next.forget("shop");
    next.forget("shop");
    assertEquals(List.of(), next.names());
  }

  @Test
  void aLabelIsNoWayToAnotherFile() throws Exception {
    for (String name : List.of("../shop", "", ".", "a/b", "x".repeat(300))) {
      projects.keep(name, new byte[] {1});
      assertEquals(Optional.empty(), projects.find(name));
      projects.forget(name);
    }
    assertEquals(List.of(), projects.names());
    assertFalse(Files.exists(root.resolve("shop.json")));
  }

  @Test
  void whatAWriterThatDiedHasLeftIsNoProjectAndGoesAlong() throws Exception {
    projects.keep("shop", "one".getBytes(UTF_8));
    Path part = root.resolve("projects/shop.json.new");
    Files.writeString(part, "tw");
    assertEquals(List.of("shop"), projects.names());
    assertArrayEquals("one".getBytes(UTF_8), projects.find("shop").orElseThrow());
    projects.forget("shop");
    assertFalse(Files.exists(part));
  }
}
