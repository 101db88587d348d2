package dev.davit.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where an engine keeps its things; several engines run side by side in places of their own.
///
/// @param root its data, `DAVIT_ROOT` or `/var/lib/davit`
/// @param run its socket and mounts, `DAVIT_RUN` or `/run/davit`
/// @param home the directory of the programs: the checkout
public record Places(Path root, Path run, Path home) {
  public static Places of(Map<String, String> env) {
    return new Places(
        directory(env.get("DAVIT_ROOT"), "/var/lib/davit"),
        directory(env.get("DAVIT_RUN"), "/run/davit"),
        directory(System.getProperty("davit.home"), "."));
  }

  private static Path directory(@Nullable String given, String usual) {
    return Path.of(given == null || given.isEmpty() ? usual : given).toAbsolutePath();
  }

  public Path socket() {
    return run.resolve("engine.sock");
  }

  /// The engine's process id, for who supervises it.
  public Path pid() {
    return run.resolve("engine.pid");
  }

  /// Whose socket it is: the engine's data directory, as text.
  public Path served() {
    return run.resolve("engine.root");
  }

  /// Held by the engine that has the data, with its process id.
  public Path lock() {
    return root.resolve("data.lock");
  }

  /// The engine's log.
  public Path log() {
    return root.resolve("log").resolve("engine.log");
  }

  /// What the engine's process wrote to stdout and stderr since it was started: why it did not
  /// start.
  public Path output() {
    return root.resolve("log").resolve("engine.out");
  }

  /// Where the native part of the system call library is unpacked: a directory of ours, since /tmp
  /// and /run may be mounted noexec.
  public Path natives() {
    return root.resolve("native");
  }

  public Path jar() {
    return home.resolve("target").resolve("davit.jar");
  }

  /// What tells this build from others: the engine's jar by size and time. Empty without a jar.
  public String build() {
    try {
      Path jar = jar();
      return Long.toHexString(Files.getLastModifiedTime(jar).toMillis())
          + "-"
          + Long.toHexString(Files.size(jar));
    } catch (IOException absent) {
      return "";
    }
  }
}
