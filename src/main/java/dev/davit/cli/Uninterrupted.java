package dev.davit.cli;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/// Writes to a client on a thread that nobody interrupts. A channel is closed when a thread that
/// writes to it is interrupted ([java.nio.channels.InterruptibleChannel]), and the connection of a
/// client must not end because one of its session's threads is told to.
final class Uninterrupted implements AutoCloseable {
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("to client").factory());

  /// One write.
  interface Write {
    void run() throws IOException;
  }

  /// Writes, after what others are writing, and waits for it; an interrupt meanwhile is for later.
  void run(Write write) throws IOException {
    Future<Void> written = begin(write);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          written.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Future<Void> begin(Write write) throws IOException {
    try {
      return writer.submit(
          () -> {
            write.run();
            return null;
          });
    } catch (RejectedExecutionException e) {
      throw new IOException("the client has gone", e);
    }
  }

  /// What is written afterwards fails; what is being written is not waited for.
  @Override
  public void close() {
    writer.shutdown();
  }
}
