package dev.davit.cli;

import dev.davit.client.EngineSettings;
import dev.davit.content.ByteSize;
import dev.davit.engine.DefaultLimits;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.network.AddressPools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.TreeMap;
import org.springframework.shell.core.command.annotation.Command;

/// Has systemd start the engine with the machine, and takes that back. The files are systemd's own,
/// so no program is needed to write them.
public final class InstallCommands {
  private static final String GROUP = "Management Commands";

  private final EngineIdentity engine;
  private final Path home;
  private final Path java;
  private final Path units;
  private final Path booted;

  public InstallCommands(EngineIdentity engine) {
    this(
        engine,
        Path.of(System.getProperty("davit.home", ".")).toAbsolutePath().normalize(),
        Path.of(System.getProperty("java.home", "")),
        Path.of("/etc/systemd/system"),
        Path.of("/run/systemd/system"));
  }

  /// @param units where the administrator's units are
  /// @param booted a directory that is there if systemd is the machine's init: sd_booted(3)
  InstallCommands(EngineIdentity engine, Path home, Path java, Path units, Path booted) {
    this.engine = engine;
    this.home = home;
    this.java = java;
    this.units = units;
    this.booted = booted;
  }

  @Command(
      name = "install",
      group = GROUP,
      description = "Start the engine with the machine, and with it what is to run")
  void install(Session session) throws IOException {
    requireSystemd();
    SystemdUnit unit = unit(session);
    Path file = units.resolve(SystemdUnit.NAME);
    boolean same = Files.exists(file) && Files.readString(file).equals(unit.print());
    boolean enabled = isEnabled();
    if (same && enabled) {
      session.println("davit is installed already: " + file);
      return;
    }
    requireOurs(file);
    if (session.globals().dryRun()) {
      session.println("would write " + file + ":");
      session.print(unit.print());
      session.println("would link it in " + link().getParent());
      return;
    }
    Files.createDirectories(link().resolveSibling(""));
    Path fresh = Files.writeString(units.resolve(SystemdUnit.NAME + ".new"), unit.print());
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(link());
    Files.createSymbolicLink(link(), file);
    session.println("wrote " + file + " and enabled it: the engine starts with the machine");
    unit.settings().forEach((name, value) -> session.println("with " + name + "=" + value));
    session.note("to have systemd look after it from now on:");
    session.note("  systemctl daemon-reload && systemctl start davit");
  }

  @Command(
      name = "uninstall",
      group = GROUP,
      description = "Do not start the engine with the machine any more")
  void uninstall(Session session) throws IOException {
    Path file = units.resolve(SystemdUnit.NAME);
    if (!Files.exists(file) && !isEnabled()) {
      session.println("davit is not installed");
      return;
    }
    requireOurs(file);
    if (session.globals().dryRun()) {
      session.println("would remove " + file + " and its link in " + link().getParent());
      return;
    }
    Files.deleteIfExists(link());
    Files.deleteIfExists(file);
    session.println("removed " + file + "; the engine and the containers run on");
    session.note("to have systemd forget it: systemctl daemon-reload");
  }

  private SystemdUnit unit(Session session) {
    var settings = new TreeMap<String, String>();
    for (String name : EngineSettings.NAMES) {
      session.env(name).filter(it -> !it.isEmpty()).ifPresent(it -> settings.put(name, it));
    }
    // An engine that refused one would not come up with the machine.
    settings.forEach(InstallCommands::check);
    return new SystemdUnit(home, engine.root(), engine.run(), java, settings);
  }

  private static void check(String name, String text) {
    switch (name) {
      case "DAVIT_LAYER_LIMIT", "DAVIT_IMAGE_BUDGET" -> ByteSize.parse(name, text);
      case AddressPools.SETTING -> AddressPools.parse(text);
      case "DAVIT_GROUP" -> requireGroup(text);
      default -> DefaultLimits.check(name, text);
    }
  }

  private static void requireGroup(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
      throw new DavitException(
          Kind.INVALID, "invalid group \"" + name + "\" in DAVIT_GROUP", "write a group's name");
    }
  }

  private Path link() {
    return units.resolve("multi-user.target.wants").resolve(SystemdUnit.NAME);
  }

  private boolean isEnabled() {
    return Files.exists(link(), LinkOption.NOFOLLOW_LINKS);
  }

  private void requireSystemd() {
    if (!Files.isDirectory(booted)) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "systemd does not run on this machine: \"" + booted + "\" is not there",
          "have your init run \"" + home.resolve("davit") + " engine start\" at boot");
    }
  }

  private static void requireOurs(Path file) throws IOException {
    if (Files.exists(file) && !Files.readString(file).startsWith(SystemdUnit.MARK)) {
      throw new DavitException(
          Kind.CONFLICT,
          "\"" + file + "\" was not written by davit",
          "move it away, then try again");
    }
  }
}
