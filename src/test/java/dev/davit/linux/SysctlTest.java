package dev.davit.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SysctlTest {
  @Test
  void numbersAreReadWhole() {
    // No kernel lets itself be run with fewer than 301 process ids.
    assertTrue(Sysctl.number("kernel/pid_max") >= 301);
    assertTrue(Sysctl.number("fs/nr_open") > 9);
  }

  @Test
  void textHasNoNewline() throws IOException {
    String kernel = Files.readString(Path.of("/proc/version"));
    assertTrue(kernel.contains(Sysctl.read("kernel/osrelease")), kernel);
  }

  @Test
  void nameThatIsNoneIsNotFound() {
    var error = assertThrows(SyscallException.class, () -> Sysctl.read("kernel/no-such"));
    assertEquals(Kind.NOT_FOUND, error.kind());
  }
}
