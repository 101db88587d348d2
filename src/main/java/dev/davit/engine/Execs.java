package dev.davit.engine;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/// Further processes in running containers.
public interface Execs {
  /// Registers a process to be run in a container and returns its id, 64 hex digits. Throws
  /// WRONG_STATE if the container does not run.
  String create(String container, ExecConfig config);

  /// Runs it with `streams`; completes with the exit code (126 or 127 if it cannot be executed, the
  /// reason on stderr) when it has ended and all its output is written. The streams stay open.
  CompletableFuture<Integer> start(String id, Streams streams);

  /// What is known of it. It is forgotten a while after its end.
  Exec inspect(String id);

  /// Sends a signal to its process; nothing happens if that has ended.
  void kill(String id, String signal);

  /// The names of the programs in a running container's PATH, in alphabetical order.
  List<String> programs(String container);

  void resize(String id, int rows, int columns);

  /// @param command program and arguments
  /// @param env `K=V` beside those of the container
  /// @param user empty: the container's
  /// @param workingDir empty: the container's
  record ExecConfig(
      List<String> command,
      List<String> env,
      Optional<String> user,
      Optional<String> workingDir,
      boolean tty,
      boolean privileged) {
    public ExecConfig {
      command = List.copyOf(command);
      env = List.copyOf(env);
    }

    public static ExecConfig of(List<String> command) {
      return new ExecConfig(command, List.of(), Optional.empty(), Optional.empty(), false, false);
    }
  }

  /// Where a process reads and writes. With a terminal all output goes to `out`.
  record Streams(InputStream in, OutputStream out, OutputStream err) {
    /// No input, and output thrown away.
    public static final Streams NONE =
        new Streams(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream());
  }

  /// @param pid in the engine's PID namespace, 0 if it does not run
  /// @param exitCode once it has ended
  record Exec(
      String id,
      String container,
      ExecConfig config,
      boolean running,
      int pid,
      OptionalInt exitCode) {}
}
