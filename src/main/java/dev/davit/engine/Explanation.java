package dev.davit.engine;

import dev.davit.image.Image;
import dev.davit.image.Rootfs;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.runtime.ContainerSpec;
import dev.davit.runtime.MountSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Says how a container would be started. Looks, and changes nothing: what a start would make is
/// named as if it were there.
final class Explanation {
  // A container that does not exist has no id; zeros are recognised as none.
  private static final String NO_ID = "0".repeat(64);

  private final Means means;
  private final Mounts mounts;
  private final Neighbours neighbours;

  Explanation(Means means, Mounts mounts, Neighbours neighbours) {
    this.means = means;
    this.mounts = mounts;
    this.neighbours = neighbours.asFarAsKnown();
  }

  /// The system calls of the next start of `life`, as strace would print them.
  String of(Life life) {
    Image image = means.images().require(life.definition().imageId());
    try (Fd root = root(life, image)) {
      List<MountSpec> specs = mounts.plan(life, image, neighbours.places(life));
      Arguments arguments =
          Arguments.of(
              image.config(), life.config().command(), life.name(), neighbours.hostname(life));
      Specs.Findings found =
          Launch.look(life.config(), arguments, neighbours.surroundings(life), specs, root);
      ContainerSpec spec = Specs.container(life.granted(), found);
      return means.starter().explain(spec, life.config().command().tty());
    }
  }

  // A layer that lies in another one, as with the host's own root, cannot be looked at together
  // with it without being written to (ELOOP); what a container at rest has written is left out.
  private static Fd root(Life life, Image image) {
    return life.task()
        .map(task -> Kernel.open("/proc/" + task.pid() + "/root", Open.PATH | Open.DIRECTORY, 0))
        .orElseGet(() -> Rootfs.view(image.lowerdirs()));
  }

  /// As [#of(Life)] for a container that is not there.
  String of(ContainerConfig asked) {
    Image image = means.images().require(asked.image());
    ContainerConfig config = mounts.imagined(SeccompProfiles.read(asked));
    Creation.check(config, image);
    List<Container.Mount> resolved = mounts.imagine(config, image);
    var definition =
        new Definition(NO_ID, config, image.id(), Instant.EPOCH, resolved, Optional.empty());
    Path directory = means.directories().container(NO_ID);
    return of(Creation.life(means, definition, Saved.NEW, directory));
  }
}
