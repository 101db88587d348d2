package dev.davit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.test.Kernel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A few deaths of the engine under each command; `-Ddavit.faults=600` gives each command as many
/// seconds, and with some hundred of them every step has its turn.
@Kernel(needs = {"docker-registry", "skopeo", "busybox"})
@Timeout(7_200)
class FaultKernelTest {
  private static final int SECONDS = Integer.getInteger("davit.faults", 2);

  @TempDir Path directory;

  @Test
  void engineThatIsKilledAtAnyStepLosesNothing() throws Exception {
    List<String> none = List.of();
    assertEquals(none, FaultLoop.run(directory, Duration.ofSeconds(SECONDS), none, System.out));
  }
}
