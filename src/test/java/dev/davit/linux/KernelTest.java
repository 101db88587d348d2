package dev.davit.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Assembler;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelTest {
  @Test
  void getpidIsThisProcess() {
    assertEquals(ProcessHandle.current().pid(), Kernel.call(Syscall.GETPID));
  }

  @Test
  void openWhenFileIsMissingSaysSoAsStraceDoes() {
    var error =
        assertThrows(SyscallException.class, () -> Kernel.open("/no/such/file", Open.RDONLY, 0));
    assertEquals(Errno.ENOENT, error.errno());
    assertTrue(error.getMessage().endsWith("= -1 ENOENT (No such file or directory)"));
  }

  @Test
  void writeThenReadGivesTheSameBytes(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("file");
    byte[] bytes = "some bytes".getBytes(UTF_8);
    try (var fd = Kernel.open(file.toString(), Open.RDWR | Open.CREAT, 0600)) {
      Kernel.write(fd, bytes);
    }
    assertArrayEquals(bytes, Files.readAllBytes(file));
    try (var fd = Kernel.open(file.toString(), Open.RDONLY, 0)) {
      assertArrayEquals(bytes, Kernel.read(fd, 100));
      assertEquals(0, Kernel.read(fd, 100).length);
    }
  }

  @Test
  void releaseIsWhatProcSays() throws Exception {
    assertEquals(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(), Kernel.release());
  }

  @Test
  void stubsAreTheirSourcesAssembled() {
    byte[] x86 = Assembler.x86().assemble("linux/syscall-x86_64.s");
    assertArrayEquals(x86, Kernel.stub(Arch.X86_64));
    byte[] arm = Assembler.arm().assemble("linux/syscall-aarch64.s");
    assertArrayEquals(arm, Kernel.stub(Arch.AARCH64));
  }
}
