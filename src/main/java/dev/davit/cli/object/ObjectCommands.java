package dev.davit.cli.object;

import dev.davit.cli.Completions;
import dev.davit.cli.stack.Machine;
import dev.davit.engine.Container;
import dev.davit.image.Reference;
import dev.davit.network.Network;
import dev.davit.volume.Volume;
import java.util.List;
import java.util.Map;

/// The commands on containers, networks, volumes and images by themselves, for the catalogue.
public final class ObjectCommands {
  private ObjectCommands() {}

  public static List<Object> of(Machine machine) {
    return List.of(
        new AsideCommands(machine),
        new ContainerLists(machine),
        new ContainerVerbs(machine),
        new ContainerFiles(machine),
        new ContainerRun(machine),
        new ContainerUpdate(machine),
        new NetworkCommands(machine),
        new VolumeCommands(machine),
        new ImageLists(machine),
        new ImageCommands(machine),
        new DiskCommands(machine),
        new ImageTransferCommands(machine),
        new SearchCommand(),
        new ImageMaking(machine));
  }

  /// What Tab offers: names of `containers`, `networks`, `volumes` and `images`.
  public static Map<String, Completions> completions(Machine machine) {
    return Map.of(
        "containers",
        _ -> machine.containers().list().stream().map(Container::name).sorted().toList(),
        "networks",
        _ -> machine.networks().list().stream().map(Network::name).toList(),
        "volumes",
        _ -> machine.volumes().list().stream().map(Volume::name).toList(),
        "images",
        _ ->
            machine.images().list().stream()
                .flatMap(image -> image.names().stream().map(Reference::familiar))
                .toList());
  }
}
