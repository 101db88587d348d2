package dev.davit.cli;

import dev.davit.cli.audit.Caller;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// Decides who may talk to the engine.
@FunctionalInterface
public interface Door {
  /// Who has connected; empty where they may not, who are then turned away without an answer.
  Optional<Caller> admit(SocketChannel client) throws IOException;
}
