package dev.davit.scenario;

import dev.davit.cli.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// A window to sit at, and the project `seen` with one service that greets.
@Timeout(120)
abstract class AtATerminal {
  static final Size WINDOW = new Size(120, 40);

  Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
    checks.file(
        """
        name: seen
        services:
          app: {image: davit/host, init: true, command: [sh, -c, 'echo hello; exec sleep 1000']}
        """);
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }
}
