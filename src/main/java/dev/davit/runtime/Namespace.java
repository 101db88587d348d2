package dev.davit.runtime;

import java.nio.file.Path;

/// Whose namespace of one type a container is in.
public sealed interface Namespace {
  /// One of its own.
  record Own() implements Namespace {}

  /// The engine's, which is the host's.
  record Host() implements Namespace {}

  /// The one that `file` stands for: `/proc/PID/ns/ipc` or a bind mount of it.
  record Of(Path file) implements Namespace {}
}
