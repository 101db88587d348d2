package dev.davit.engine;

import dev.davit.linux.Fd;
import java.util.concurrent.atomic.AtomicBoolean;

/// The engine's end of a container's input; may be closed more than once.
final class Input implements AutoCloseable {
  private final Fd fd;
  private final boolean once;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// @param once whether the container's input ends when this is closed
  Input(Fd fd, boolean once) {
    this.fd = fd;
    this.once = once;
  }

  Fd fd() {
    return fd;
  }

  boolean once() {
    return once;
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      fd.close();
    }
  }
}
