package dev.davit.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An engine that has the data and that no socket leads to: it is known by the lock that it holds.
///
/// @param lock the file that it has locked and written its process id into
record LostEngine(Path lock) {
  private static final long PATIENCE_SECONDS = 60;

  /// Asks it to end and waits until it has. Returns false where there is none.
  boolean stop() {
    try {
      return isHeld() && end(Long.parseLong(text().strip()));
    } catch (IOException | NumberFormatException e) {
      return false;
    }
  }

  private boolean isHeld() throws IOException {
    if (!Files.exists(lock)) {
      return false;
    }
    try (var file = FileChannel.open(lock, StandardOpenOption.WRITE);
        var ours = file.tryLock()) {
      return ours == null;
    }
  }

  private String text() throws IOException {
    return Files.readString(lock, StandardCharsets.US_ASCII);
  }

  private static boolean end(long pid) {
    ProcessHandle engine = ProcessHandle.of(pid).orElse(null);
    if (engine == null || !engine.destroy()) {
      return false;
    }
    try {
      engine.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException | TimeoutException e) {
      throw new ClientException(
          "the engine with pid %d does not end".formatted(pid), "kill it: containers keep running");
    }
  }
}
