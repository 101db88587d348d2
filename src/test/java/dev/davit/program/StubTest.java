package dev.davit.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.linux.Arch;
import dev.davit.test.Assembler;
import dev.davit.test.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StubTest {
  private static final Path HARNESS =
      Path.of("src/test/resources/dev/davit/program/harness-aarch64.s");

  @Test
  void bytesForX86AreItsSourceAssembled() {
    byte[] assembled = Assembler.x86().assemble("program/stub-x86_64.s");
    assertArrayEquals(assembled, Stub.bytes(Arch.X86_64));
  }

  @Test
  void bytesForArmAreItsSourceAssembled() {
    byte[] assembled = Assembler.arm().assemble("program/stub-aarch64.s");
    assertArrayEquals(assembled, Stub.bytes(Arch.AARCH64));
  }

  @Test
  void armRunsItsRowsUnderEmulation(@TempDir Path directory) throws Exception {
    Programs.require("qemu-aarch64-static");
    Path elf = directory.resolve("harness");
    Files.write(elf, Assembler.arm().assemble(HARNESS));
    assertTrue(elf.toFile().setExecutable(true));
    Process process = new ProcessBuilder("qemu-aarch64-static", elf.toString()).start();
    assertEquals("hello\n", new String(process.getInputStream().readAllBytes(), UTF_8));
    assertEquals("hello\n".length(), process.waitFor());
  }
}
