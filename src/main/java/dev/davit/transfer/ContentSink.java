package dev.davit.transfer;

import dev.davit.content.ContentWriter;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.registry.Sink;

/// Lets what a registry sends run into the store.
final class ContentSink implements Sink {
  private final ContentWriter writer;
  private final Counter counter;

  ContentSink(ContentWriter writer, Counter counter) {
    this.writer = writer;
    this.counter = counter;
    counter.add(writer.offset());
  }

  @Override
  public long position() {
    return writer.offset();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    long before = writer.offset();
    refusable(() -> writer.write(bytes, offset, length));
    counter.add(writer.offset() - before);
  }

  @Override
  public void restart() {
    counter.add(-writer.offset());
    writer.restart();
    counter.add(writer.offset());
  }

  @Override
  public void finish() {
    refusable(writer::commit);
  }

  // Another source may send what is right, from the first byte.
  private void refusable(Runnable step) {
    long before = writer.offset();
    try {
      step.run();
    } catch (DavitException e) {
      if (e.kind() == Kind.INVALID) {
        writer.restart();
        counter.add(writer.offset() - before);
      }
      throw e;
    }
  }
}
