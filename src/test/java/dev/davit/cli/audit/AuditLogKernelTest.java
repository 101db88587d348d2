package dev.davit.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The disk of the audit log is full.
@Kernel(needs = "mount")
@Timeout(30)
class AuditLogKernelTest {
  private static final Caller ANNA = new Caller(42, 1000, "anna", "");

  @TempDir Path directory;

  @BeforeEach
  void mount() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", directory.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", directory.toString());
  }

  private static void run(String... command) throws Exception {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  @Test
  void fullDiskLosesWholeLinesAndSaysHowMany() throws IOException {
    Path ballast = Files.write(directory.resolve("ballast"), new byte[8 * 1024]);
    try (var audit = new AuditLog(directory.resolve("audit.log"), 1 << 20)) {
      for (int i = 0; i < 300; i++) {
        audit.asked(ANNA, List.of("exec", "web", "n" + i));
      }
      List<AuditEntry> full = audit.entries();
      assertTrue(full.size() > 20 && full.size() < 300, "written: " + full.size());
      assertEquals("n" + (full.size() - 1), full.getLast().command().getLast());
      String text = Files.readString(directory.resolve("audit.log"));
      assertTrue(text.endsWith("}\n"), "no half line");
      Files.delete(ballast);
      audit.asked(ANNA, List.of("ps"));
      List<AuditEntry> again = audit.entries();
      String lost = (300 - full.size()) + " lines before this one could not be written";
      assertEquals(lost, again.get(full.size()).note());
      assertEquals(List.of("ps"), again.getLast().command());
    }
  }
}
