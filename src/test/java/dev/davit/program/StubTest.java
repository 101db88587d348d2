package dev.davit.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.davit.linux.Arch;
import dev.davit.test.Assembler;
import org.junit.jupiter.api.Test;

class StubTest {
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
}
