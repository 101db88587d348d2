package dev.davit.selftest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.davit.linux.Arch;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import dev.davit.test.Assembler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void theCodeForX86IsWhatItsSourceSays() {
    byte[] assembled = Assembler.x86().assemble("selftest/probe-x86_64.s");
    assertArrayEquals(assembled, ProbeCode.bytes(Arch.X86_64));
  }

  @Test
  void theCodeForArmIsWhatItsSourceSays() {
    byte[] assembled = Assembler.arm().assemble("selftest/probe-aarch64.s");
    assertArrayEquals(assembled, ProbeCode.bytes(Arch.AARCH64));
  }

  @Test
  void theFileSaysHowMuchOfItAndHowMuchMemoryThereIs() {
    var probe = new Probe(Arch.X86_64);
    probe.call(Syscall.READ, 0, new Value.Room(1 << 20), 1 << 20);
    ByteBuffer elf = ByteBuffer.wrap(probe.elf()).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(elf.capacity(), elf.getLong(ProbeCode.FILE_SIZE));
    assertEquals(elf.capacity() + (1 << 20), elf.getLong(ProbeCode.MEMORY_SIZE));
  }

  // Needs no root: the probe is a program as any other.
  @Test
  void itMakesItsCallsAndTellsWhatTheyCameTo() throws Exception {
    Path directory = Files.createTempDirectory("davit-probe");
    Files.writeString(directory.resolve("word"), "written");
    var probe = new Probe();
    int missing = probe.open(directory + "/missing", Open.RDONLY);
    probe.open(directory + "/word", Open.RDONLY);
    int read = probe.read(64);
    int status = probe.stat(directory + "/word");
    probe.open(directory.toString(), Open.DIRECTORY);
    int names = probe.names(1024);
    probe.say("before");
    Seen seen = probe.read(run(directory.resolve("probe"), probe));
    assertEquals("ENOENT", seen.outcome(missing));
    assertEquals("written", seen.text(read));
    assertEquals(0100000, seen.file(status).type());
    assertEquals(List.of("probe", "word"), seen.names(names));
  }

  @Test
  void oneThatDoesNotComeToItsEndHasSeenNothing() {
    var probe = new Probe();
    probe.call(Syscall.GETPID);
    assertFalse(probe.read("too short").isThere());
  }

  @Test
  void theInterpreterOfAProgramIsFound() throws IOException {
    byte[] java =
        Files.readAllBytes(Path.of(System.getProperty("java.home")).resolve("bin").resolve("java"));
    Optional<String> found = HostProgram.interpreter(java);
    assertEquals(Optional.of(true), found.map(place -> Files.exists(Path.of(place))));
    assertEquals(Optional.empty(), HostProgram.interpreter(new Probe().elf()));
  }

  private static String run(Path file, Probe probe) throws IOException, InterruptedException {
    Files.write(file, probe.elf());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    Process process = new ProcessBuilder(file.toString()).start();
    byte[] output = process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor());
    return new String(output, StandardCharsets.ISO_8859_1);
  }
}
