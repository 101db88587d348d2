package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/proc", "/proc/sys", "/proc/kcore", "/proc/1/root", "/dev", "/sys"})
  void checkWhenTheKernelsOwnWouldBeHiddenIsInvalid(String target) {
    var error = assertThrows(DavitException.class, () -> Targets.check(target, "/srv"));
    assertEquals(Kind.INVALID, error.kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/proc/meminfo", "/processes", "/dev/shm", "/sys/fs/cgroup", "/devices", "/srv"})
  void checkWhenNothingIsHiddenPasses(String target) {
    assertDoesNotThrow(() -> Targets.check(target, "/srv"));
  }

  @Test
  void checkOfTheHostsOwnPasses() {
    assertDoesNotThrow(() -> Targets.check("/dev", "/dev"));
    assertDoesNotThrow(() -> Targets.check("/sys", "/sys"));
  }
}
