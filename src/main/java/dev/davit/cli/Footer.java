package dev.davit.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The lowest line of a terminal while a command prints above it. It gives way while a printed line
/// is not complete.
public final class Footer implements AutoCloseable {
  private static final byte[] ERASE = "\r\033[J".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream terminal;
  private final Runnable closed;
  private byte[] line = {};
  private boolean drawn;
  private boolean midline;
  private boolean over;

  /// @param closed is called when it has gone
  Footer(OutputStream terminal, Runnable closed) {
    this.terminal = terminal;
    this.closed = closed;
  }

  /// Shows `text`, which must be no longer than the terminal is wide, in place of what it has
  /// shown; nothing if it is empty.
  public void show(String text) {
    replace(text.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void replace(byte[] text) {
    if (over) {
      return; // a key was still being handled
    }
    line = text;
    try {
      write(terminal, new byte[0], 0, 0);
    } catch (IOException gone) {
      // Nobody looks any more.
    }
  }

  /// `stream`, which goes to the same terminal, as one that prints above.
  OutputStream above(OutputStream stream) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        Footer.this.write(stream, bytes, offset, length);
      }

      @Override
      public void flush() throws IOException {
        stream.flush();
      }
    };
  }

  // In one piece, so that it does not flicker.
  private synchronized void write(OutputStream stream, byte[] bytes, int offset, int length)
      throws IOException {
    var all = new ByteArrayOutputStream(length + line.length + ERASE.length);
    if (drawn) {
      all.writeBytes(ERASE);
    }
    all.write(bytes, offset, length);
    midline = length == 0 ? midline : bytes[offset + length - 1] != '\n';
    drawn = !midline && line.length > 0;
    if (drawn) {
      all.writeBytes(line);
    }
    stream.write(all.toByteArray());
    stream.flush();
  }

  @Override
  public synchronized void close() {
    replace(new byte[0]);
    over = true;
    closed.run();
  }
}
