package dev.davit.cli.object;

import dev.davit.cli.stack.Machine;
import dev.davit.engine.Container;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Suggestion;
import dev.davit.network.Network;
import dev.davit.stored.Aside;
import dev.davit.volume.Volume;
import java.util.List;
import java.util.Optional;

/// What a word on the command line names; an unknown one is NOT_FOUND with the nearest name.
final class Objects {
  private final Machine machine;

  Objects(Machine machine) {
    this.machine = machine;
  }

  Container container(String ref) {
    List<String> names = machine.containers().list().stream().map(Container::name).toList();
    return found(machine.containers().find(ref), "container", ref, names);
  }

  Network network(String ref) {
    List<String> names = machine.networks().list().stream().map(Network::name).toList();
    return found(machine.networks().find(ref), "network", ref, names);
  }

  Volume volume(String name) {
    List<String> names = machine.volumes().list().stream().map(Volume::name).toList();
    return found(machine.volumes().find(name), "volume", name, names);
  }

  private <T> T found(Optional<T> found, String kind, String ref, List<String> names) {
    return found.orElseThrow(() -> missing(kind, ref, names));
  }

  private DavitException missing(String kind, String ref, List<String> names) {
    var aside = new Aside(machine.root());
    return aside.holds(kind, ref)
        ? aside.missing(kind, ref, null)
        : new DavitException(
            Kind.NOT_FOUND,
            "no such %s: \"%s\"".formatted(kind, ref),
            Suggestion.or(ref, names, "see 'davit " + kind + " ls'"));
  }
}
