package dev.davit.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How an image wants to be run: the `config` object of the OCI image spec, empty collections for
/// what it leaves out.
///
/// @param env `NAME=value`, in order
/// @param workingDir absolute, or empty for `/`
/// @param user as `USER` of a Dockerfile, or empty for root
/// @param exposedPorts `80/tcp`
/// @param stopSignal `SIGTERM` unless given
/// @param shell what the shell form of a command runs in
public record ImageConfig(
    List<String> env,
    List<String> entrypoint,
    List<String> cmd,
    String workingDir,
    String user,
    List<String> volumes,
    List<String> exposedPorts,
    @Nullable String stopSignal,
    Map<String, String> labels,
    Optional<Healthcheck> healthcheck,
    List<String> shell) {

  /// The health check of an image; times in nanoseconds, 0 for the default.
  ///
  /// @param test `["CMD", …]`, `["CMD-SHELL", text]` or `["NONE"]`
  public record Healthcheck(
      List<String> test,
      long interval,
      long timeout,
      long startPeriod,
      long startInterval,
      int retries) {
    public Healthcheck {
      test = List.copyOf(test);
    }
  }

  public ImageConfig {
    env = List.copyOf(env);
    entrypoint = List.copyOf(entrypoint);
    cmd = List.copyOf(cmd);
    volumes = List.copyOf(volumes);
    exposedPorts = List.copyOf(exposedPorts);
    labels = Map.copyOf(labels);
    shell = shell.isEmpty() ? List.of("/bin/sh", "-c") : List.copyOf(shell);
  }

  /// A config that says only what to run.
  public static ImageConfig of(List<String> env, List<String> cmd) {
    return new ImageConfig(
        env,
        List.of(),
        cmd,
        "",
        "",
        List.of(),
        List.of(),
        null,
        Map.of(),
        Optional.empty(),
        List.of());
  }
}
