package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.row.DockerConfig;
import dev.davit.cli.row.VolumeRow;
import dev.davit.cli.stack.Machine;
import dev.davit.docker.VolumeShape;
import dev.davit.engine.Container;
import dev.davit.engine.MountConfig;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.volume.Volume;
import dev.davit.volume.VolumeConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// `davit volume …`.
final class VolumeCommands {
  private static final String GROUP = ContainerLists.GROUP;
  private static final Set<String> FILTERS = Set.of("name", "driver", "label", "dangling");

  private final Machine machine;
  private final Objects objects;

  VolumeCommands(Machine machine) {
    this.machine = machine;
    this.objects = new Objects(machine);
  }

  /// The names of the containers that use a volume, by its name.
  private Map<String, List<String>> users() {
    var users = new HashMap<String, List<String>>();
    for (Container container : machine.containers().list()) {
      container.mounts().stream()
          .filter(mount -> mount.type() == MountConfig.Type.VOLUME)
          .map(Container.Mount::source)
          .distinct()
          .forEach(
              name -> users.computeIfAbsent(name, _ -> new ArrayList<>()).add(container.name()));
    }
    return users;
  }

  @Command(
      name = {"volume", "ls"},
      alias = "volume list",
      group = GROUP,
      description = "List volumes")
  void ls(
      Session session,
      @Option(shortName = 'f', description = "Filter by name, driver, label or dangling")
          List<String> filter,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(shortName = 'q', description = "Only display volume names") boolean quiet) {
    Filters filters = Filters.parse(filter, FILTERS);
    Set<String> used = users().keySet();
    List<VolumeRow> rows =
        machine.volumes().list().stream()
            .filter(volume -> filters.any("name", it -> volume.name().contains(it)))
            .filter(volume -> filters.any("driver", it -> volume.config().driver().equals(it)))
            .filter(volume -> filters.labels(volume.config().labels()))
            .filter(
                volume ->
                    filters.any(
                        "dangling", it -> it.equals("true") != used.contains(volume.name())))
            .map(VolumeRow::of)
            .toList();
    String shown = quiet ? "{{.Name}}" : DockerConfig.format(session, format, "volumesFormat");
    session.print(VolumeRow.LAYOUT.print(shown, rows));
  }

  @Command(
      name = {"volume", "create"},
      group = GROUP,
      description = "Create a volume")
  @Usage("[VOLUME]")
  void create(
      Session session,
      @Option(shortName = 'd', defaultValue = "local", description = "Driver of the volume")
          String driver,
      @Option(description = "Set metadata") List<String> label,
      @Option(shortName = 'o', description = "Set driver specific options") List<String> opt,
      @Argument(index = 0) @Nullable String name) {
    var config =
        new VolumeConfig(
            name == null ? "" : name, driver, Pairs.of("--opt", opt), Pairs.labels(label));
    if (!session.globals().dryRun()) {
      session.println(machine.volumes().create(config).name());
    }
  }

  @Command(
      name = {"volume", "inspect"},
      group = GROUP,
      description = "Display detailed information on one or more volumes",
      completionProvider = "volumes")
  @Usage("VOLUME [VOLUME...]")
  int inspect(
      Session session,
      @Option(shortName = 'f', description = "Format of the output (json|TEMPLATE)") String format,
      @Arguments List<String> volumes) {
    return Each.inspect(
        session, "volume", volumes, format, name -> VolumeShape.of(objects.volume(name)));
  }

  @Command(
      name = {"volume", "rm"},
      alias = "volume remove",
      group = GROUP,
      description = "Remove one or more volumes",
      completionProvider = "volumes")
  @Usage("VOLUME [VOLUME...]")
  int rm(
      Session session,
      @Option(shortName = 'f', description = "No error if the volume does not exist") boolean force,
      @Arguments List<String> volumes) {
    return Each.run(
        session,
        "volume",
        volumes,
        name -> {
          if (!force || machine.volumes().find(name).isPresent()) {
            remove(objects.volume(name));
          }
        });
  }

  private void remove(Volume volume) {
    List<String> users = users().getOrDefault(volume.name(), List.of());
    if (!users.isEmpty()) {
      throw new DavitException(
          Kind.CONFLICT,
          "volume \"%s\" is in use by container \"%s\""
              .formatted(volume.name(), String.join("\", \"", users)),
          "remove what uses it first");
    }
    machine.volumes().remove(volume.name());
  }

  @Command(
      name = {"volume", "prune"},
      group = GROUP,
      description = "Remove unused anonymous volumes")
  void prune(
      Session session,
      @Option(shortName = 'a', description = "Remove all unused volumes, not just anonymous ones")
          boolean all,
      @Option(shortName = 'f', description = "Do not prompt for confirmation") boolean force,
      @Option(description = "Filter by label=KEY[=VALUE]") List<String> filter)
      throws IOException {
    Filters filters = Filters.parse(filter, Set.of("label"));
    Prompt.confirm(
        session,
        force,
        all
            ? "This will remove all volumes not used by a container, with their data."
            : "This will remove anonymous volumes not used by a container, with their data.");
    Set<String> used = users().keySet();
    for (Volume volume : machine.volumes().list()) {
      boolean wanted = (all || volume.anonymous()) && filters.labels(volume.config().labels());
      if (wanted && !used.contains(volume.name())) {
        if (!session.globals().dryRun()) {
          machine.volumes().remove(volume.name());
        }
        session.println(volume.name());
      }
    }
  }
}
