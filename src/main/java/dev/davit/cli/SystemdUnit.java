package dev.davit.cli;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The unit by which systemd starts the engine with the machine and again if it dies. Containers
/// are in control groups of their own, so that neither a stop nor a new start of the engine touches
/// them.
///
/// @param settings variables by which the engine is configured, which it would else lose
record SystemdUnit(Path home, Path root, Path run, Path java, Map<String, String> settings) {
  static final String NAME = "davit.service";

  /// By which a unit is known as ours.
  static final String MARK = "# Written by \"davit install\"; \"davit uninstall\" removes it.";

  SystemdUnit {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  String print() {
    return """
        %s
        [Unit]
        Description=Davit runs Compose stacks
        After=network-online.target local-fs.target
        Wants=network-online.target
        RequiresMountsFor=%s %s %s

        [Service]
        Type=forking
        PIDFile=%s
        Environment=%s %s %s
        %sExecStart=%s engine start
        ExecStop=%s engine stop
        TimeoutStartSec=10min
        Restart=on-failure
        KillMode=process

        [Install]
        WantedBy=multi-user.target
        """
        .formatted(
            MARK,
            quoted(home.toString()),
            quoted(root.toString()),
            quoted(java.toString()),
            escaped(run.resolve("engine.pid").toString()),
            variable("DAVIT_ROOT", root.toString()),
            variable("DAVIT_RUN", run.toString()),
            variable("JAVA_HOME", java.toString()),
            settings.entrySet().stream()
                .map(it -> "Environment=" + variable(it.getKey(), it.getValue()) + "\n")
                .collect(joining()),
            command(home),
            command(home));
  }

  private static String command(Path home) {
    // systemd.service(5): "$" begins a variable of a command line.
    return quoted(home.resolve("davit").toString()).replace("$", "$$");
  }

  private static String variable(String name, String value) {
    return quoted(name + "=" + value);
  }

  // systemd.syntax(7), "Quoting": escapes as in C.
  private static String quoted(String text) {
    String inside = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "\"" + escaped(inside) + "\"";
  }

  // systemd.unit(5): "%" begins a specifier.
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }
}
