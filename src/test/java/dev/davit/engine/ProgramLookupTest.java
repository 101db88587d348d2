package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.runtime.MountSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramLookupTest {
  private static final List<String> PATH = List.of("PATH=/opt/bin:/bin");

  @TempDir private Path directory;
  private Path image;
  private Path source;

  @BeforeEach
  void layOut() throws Exception {
    image = Files.createDirectories(directory.resolve("image"));
    source = Files.createDirectories(directory.resolve("source/bin"));
    program(image.resolve("bin/sh"));
    program(image.resolve("opt/bin/hidden"));
    program(source.resolve("tool"));
    Files.writeString(source.resolve("text"), "no program");
  }

  private static void program(Path file) throws Exception {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    file.toFile().setExecutable(true);
  }

  private String find(String word) {
    MountSpec mount = MountSpec.Bind.of(directory.resolve("source"), "/opt", true);
    try (Fd root = Kernel.open(image.toString(), Open.PATH | Open.DIRECTORY, 0)) {
      return new ProgramLookup(root, List.of(mount)).find(word, PATH, "/");
    }
  }

  private int refused(String word) {
    return assertThrows(dev.davit.error.NotStartedException.class, () -> find(word)).exitCode();
  }

  @Test
  void findLooksIntoMounts() {
    assertEquals("/opt/bin/tool", find("tool"));
  }

  @Test
  void findGoesOnWhereAMountLacksTheProgram() {
    assertEquals("/bin/sh", find("sh"));
  }

  @Test
  void findWhenAMountHidesTheProgramSaysThatItIsNotThere() {
    assertEquals(127, refused("hidden"));
  }

  @Test
  void findWhenFileIsNoProgramSaysSo() {
    assertEquals(126, refused("text"));
  }

  @Test
  void findLeavesPathsToTheKernel() {
    assertEquals("/no/such", find("/no/such"));
  }
}
