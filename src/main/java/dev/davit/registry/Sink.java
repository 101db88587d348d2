package dev.davit.registry;

/// Where the bytes of a blob go. What is wrong with them, or with the disk, is thrown as
/// [dev.davit.error.DavitException].
public interface Sink {
  /// How many bytes are there already, maybe from another time.
  long position();

  void write(byte[] bytes, int offset, int length);

  /// Forgets what is there.
  void restart();

  /// All bytes are there: they must be what was promised.
  void finish();
}
