package dev.davit.content;

/// While it is open, nothing goes from the store.
public interface Hold extends AutoCloseable {
  @Override
  void close();
}
