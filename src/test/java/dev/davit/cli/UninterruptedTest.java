package dev.davit.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.client.Frame;
import dev.davit.client.FrameChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UninterruptedTest {
  @TempDir private Path directory;

  @Test
  void interruptedThreadWritesAndTheConnectionStays() throws Exception {
    var address = UnixDomainSocketAddress.of(directory.resolve("socket"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        var there = new FrameChannel(SocketChannel.open(address));
        var here = new FrameChannel(server.accept());
        var writer = new Uninterrupted()) {
      for (int i = 0; i < 100; i++) {
        Thread.currentThread().interrupt();
        byte[] payload = {(byte) i};
        writer.run(() -> here.send(Frame.OUTPUT, payload));
        assertTrue(Thread.interrupted(), "the interrupt is kept for whom it is meant");
        assertArrayEquals(payload, there.read().payload());
      }
    }
  }

  @Test
  void failureIsThatOfTheWrite() {
    try (var writer = new Uninterrupted()) {
      var failure =
          assertThrows(
              IOException.class,
              () ->
                  writer.run(
                      () -> {
                        throw new IOException("broken");
                      }));
      assertEquals("broken", failure.getMessage());
    }
  }

  @Test
  void afterTheEndNothingIsWritten() {
    var writer = new Uninterrupted();
    writer.close();
    assertThrows(IOException.class, () -> writer.run(() -> {}));
  }
}
