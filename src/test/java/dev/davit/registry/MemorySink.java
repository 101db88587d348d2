package dev.davit.registry;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import java.io.ByteArrayOutputStream;

/// A blob of a test in memory, which is checked at its end as a store does.
final class MemorySink implements Sink {
  private final Descriptor blob;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  int restarts;
  long written;
  boolean finished;

  MemorySink(Descriptor blob) {
    this.blob = blob;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  @Override
  public long position() {
    return bytes.size();
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    written += length;
    bytes.write(from, offset, length);
  }

  @Override
  public void restart() {
    restarts++;
    bytes = new ByteArrayOutputStream();
  }

  @Override
  public void finish() {
    if (!blob.digest().names(bytes())) {
      restart();
      throw new DavitException(Kind.INVALID, "blob has another digest");
    }
    finished = true;
  }
}
