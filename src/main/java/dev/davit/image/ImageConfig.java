package dev.davit.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
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
/// @param onBuild instructions for whoever builds on it
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
    List<String> shell,
    List<String> onBuild) {
  private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

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

    Map<String, Object> json() {
      return Json.map(
          "Test",
          test,
          "Interval",
          interval,
          "Timeout",
          timeout,
          "StartPeriod",
          startPeriod,
          "StartInterval",
          startInterval,
          "Retries",
          retries);
    }
  }

  public ImageConfig {
    env = List.copyOf(env);
    entrypoint = List.copyOf(entrypoint);
    cmd = List.copyOf(cmd);
    volumes = List.copyOf(volumes);
    exposedPorts = List.copyOf(exposedPorts);
    labels = Map.copyOf(labels);
    shell = shell.isEmpty() ? DEFAULT_SHELL : List.copyOf(shell);
    onBuild = List.copyOf(onBuild);
  }

  /// Whether the shell form of a command runs in what it runs in where nothing is said.
  public boolean isUsualShell() {
    return shell.equals(DEFAULT_SHELL);
  }

  /// What a process of the image is called with: entrypoint, then command.
  public List<String> argv() {
    return Stream.concat(entrypoint.stream(), cmd.stream()).toList();
  }

  private static final int MOST = 10_000;

  /// What `config` of an image's config blob says. Nobody trusts it: variables that no process can
  /// have are left out, and paths are made clean.
  static ImageConfig of(Json config) {
    return new ImageConfig(
        config.strings("Env", MOST).stream().filter(ImageConfig::isVariable).toList(),
        words(config, "Entrypoint"),
        words(config, "Cmd"),
        path(config, config.string("WorkingDir")),
        text(config, config.string("User")),
        config.names("Volumes").stream().map(volume -> path(config, volume)).toList(),
        config.names("ExposedPorts").stream().filter(ImageConfig::isPort).toList(),
        config.string("StopSignal").isEmpty() ? null : text(config, config.string("StopSignal")),
        config.map("Labels"),
        config.has("Healthcheck")
            ? Optional.of(healthcheck(config.object("Healthcheck")))
            : Optional.empty(),
        words(config, "Shell"),
        words(config, "OnBuild"));
  }

  private static Healthcheck healthcheck(Json json) {
    return new Healthcheck(
        words(json, "Test"),
        Math.max(0, json.number("Interval")),
        Math.max(0, json.number("Timeout")),
        Math.max(0, json.number("StartPeriod")),
        Math.max(0, json.number("StartInterval")),
        Math.clamp(json.number("Retries"), 0, Integer.MAX_VALUE));
  }

  private static boolean isVariable(String text) {
    return text.indexOf('=') > 0 && text.indexOf('\0') < 0;
  }

  private static boolean isPort(String text) {
    return text.matches("\\d{1,5}(?:-\\d{1,5})?(?:/(?:tcp|udp|sctp))?");
  }

  private static List<String> words(Json json, String name) {
    List<String> words = json.strings(name, MOST);
    words.forEach(word -> text(json, word));
    return words;
  }

  // A zero byte would end it for the kernel and not for whoever looks at it.
  private static String text(Json json, String text) {
    if (text.indexOf('\0') >= 0) {
      throw json.wrong("has a zero byte in a text");
    }
    return text;
  }

  // As Docker, relative ones begin at the root; `..` never leads above it.
  private static String path(Json json, String path) {
    return path.isEmpty() ? "" : Path.of("/").resolve(text(json, path)).normalize().toString();
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
        List.of(),
        List.of());
  }

  /// What [#of(Json)] reads.
  Map<String, Object> json() {
    Map<String, Object> json =
        Json.map(
            "User",
            user,
            "ExposedPorts",
            set(exposedPorts),
            "Env",
            env,
            "Entrypoint",
            entrypoint,
            "Cmd",
            cmd,
            "Volumes",
            set(volumes),
            "WorkingDir",
            workingDir,
            "Labels",
            new TreeMap<>(labels),
            "StopSignal",
            stopSignal == null ? "" : stopSignal,
            "Healthcheck",
            healthcheck.map(Healthcheck::json).orElse(Map.of()),
            "Shell",
            isUsualShell() ? List.of() : shell,
            "OnBuild",
            onBuild);
    json.values().removeIf(List.of()::equals);
    return json;
  }

  // As Go prints a set: each with an empty object.
  private static Map<String, Object> set(List<String> names) {
    var set = new TreeMap<String, Object>();
    names.forEach(name -> set.put(name, Map.of()));
    return set;
  }
}
