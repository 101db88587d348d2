package dev.davit.cli;

import java.nio.file.Path;

/// The unit by which systemd starts the engine with the machine and again if it dies. Containers
/// are in control groups of their own, so that neither a stop nor a new start of the engine touches
/// them.
record SystemdUnit(Path home, Path root, Path run, Path java) {
  static final String NAME = "davit.service";

  /// By which a unit is known as ours.
  static final String MARK = "# Written by \"davit install\"; \"davit uninstall\" removes it.";

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
        Environment="DAVIT_ROOT=%s" "DAVIT_RUN=%s" "JAVA_HOME=%s"
        ExecStart="%s" engine start
        ExecStop="%s" engine stop
        TimeoutStartSec=10min
        Restart=on-failure
        KillMode=process

        [Install]
        WantedBy=multi-user.target
        """
        .formatted(
            MARK,
            escaped(home),
            escaped(root),
            escaped(java),
            escaped(run.resolve("engine.pid")),
            escaped(root),
            escaped(run),
            escaped(java),
            escaped(home.resolve("davit")),
            escaped(home.resolve("davit")));
  }

  // systemd.unit(5): "%" begins a specifier.
  private static String escaped(Path path) {
    return path.toString().replace("%", "%%");
  }
}
