package dev.davit.cli.object;

import dev.davit.cli.stack.Machine;
import dev.davit.content.StoredImage;
import dev.davit.engine.Container;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Reference;
import java.util.ArrayList;
import java.util.List;

/// Takes images away by docker's rules: a name by itself, the image with its last one; never what a
/// container stands on.
final class Removing {
  private final Machine machine;

  Removing(Machine machine) {
    this.machine = machine;
  }

  /// What was done, a line each, as docker says it.
  ///
  /// @param force whether all names go, and that of an image in use too
  List<String> remove(String word, boolean force) {
    StoredImage image = machine.store().images().require(word);
    var said = new ArrayList<String>();
    boolean byName = Reference.id(word).isEmpty() && image.names().contains(Reference.parse(word));
    List<Reference> names = byName ? List.of(Reference.parse(word)) : image.names();
    if (!byName && !force && image.tags().size() > 1) {
      throw new DavitException(
          Kind.CONFLICT,
          "image \"%s\" has several names".formatted(word),
          "remove them one by one, or use --force");
    }
    boolean last = image.tags().stream().allMatch(names::contains);
    List<String> users = users(image);
    if (last && !users.isEmpty() && !force) {
      throw new DavitException(
          Kind.CONFLICT,
          "image \"%s\" is in use by container \"%s\""
              .formatted(word, String.join("\", \"", users)),
          "remove what uses it first");
    }
    for (Reference name : names) {
      if (machine.store().images().require(image.id().toString()).names().contains(name)) {
        machine.store().images().untag(name).forEach(it -> said.add("Untagged: " + it.tagged()));
      }
    }
    if (last && users.isEmpty()) {
      machine.store().images().remove(image);
      said.add("Deleted: " + image.id());
    }
    return said;
  }

  /// The names of the containers that need it.
  List<String> users(StoredImage image) {
    String id = image.id().toString();
    return machine.containers().list().stream()
        .filter(
            container ->
                container.imageId().equals(id)
                    || container.mounts().stream().anyMatch(it -> it.source().equals(id)))
        .map(Container::name)
        .toList();
  }
}
