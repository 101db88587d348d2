package dev.davit.content;

/// Takes the bytes of one blob, from [#offset] on and in order. Of one blob there is one at a time:
/// who asks for another waits until the first is closed.
public interface ContentWriter extends AutoCloseable {
  /// How many bytes are here already, by an earlier try that did not come to its end; the whole
  /// size where the blob itself is here.
  long offset();

  /// Appends.
  void write(byte[] bytes, int from, int length);

  /// Forgets what is here: whoever sends it cannot begin at [#offset].
  void restart();

  /// Makes the content visible once all of it is here and is what its digest says; else `INVALID`,
  /// and nothing of it is kept.
  void commit();

  /// Ends the writing; what was not committed is kept for the next try.
  @Override
  void close();
}
