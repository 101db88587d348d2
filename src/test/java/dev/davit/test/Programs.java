package dev.davit.test;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The programs of this machine that tests compare with.
public final class Programs {
  private Programs() {}

  /// Skips the test where `program` is not installed; with `CI=true` nothing is skipped, so it
  /// fails.
  public static void require(String program) {
    if (!onPath(program) && !"true".equals(System.getenv("CI"))) {
      Assumptions.abort("the program " + program + " is not installed");
    }
  }

  public static boolean onPath(String program) {
    return find(program).isPresent();
  }

  /// Where the program is.
  public static Optional<Path> find(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
