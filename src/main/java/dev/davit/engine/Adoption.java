package dev.davit.engine;

import dev.davit.cgroup.Cgroup;
import dev.davit.engine.ContainerState.Status;
import dev.davit.stored.Damage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an engine does with the containers that an earlier one has left: those that run are taken
/// over, for the others their policy decides, and what belongs to nobody is removed.
///
/// At first it is only looked what each one is. The rest goes on behind the first commands; one
/// that needs a container does its part at once.
final class Adoption {
  private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

  private final Means means;
  private final Supervisor supervisor;
  private final Creation creation;
  private final ContentStore contents;
  private final List<String> forgotten = new ArrayList<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile boolean closing;

  Adoption(Means means, Supervisor supervisor, Creation creation, ContentStore contents) {
    this.means = means;
    this.supervisor = supervisor;
    this.creation = creation;
    this.contents = contents;
  }

  /// Finds everything; returns the containers that their policies want to run again, and that wait
  /// for it.
  List<Life> begin() {
    means.files().load().forEach(this::know);
    means.lives().all().forEach(this::look);
    // Before the first command: the ports and addresses that they hold would be in its way.
    for (Path directory : StateFiles.list(means.directories().runContainers())) {
      if (means.lives().find(id(directory)).isEmpty()) {
        sweep(directory);
      }
    }
    for (String id : means.networks().sandboxes()) {
      if (means.lives().find(id).isEmpty()) {
        means.networks().removeSandbox(id);
      }
    }
    contents.ids().stream().filter(id -> means.lives().find(id).isEmpty()).forEach(forgotten::add);
    return means.lives().all().stream().filter(Adoption::restarting).toList();
  }

  private void know(StateFiles.Stored stored) {
    Definition definition = stored.definition();
    try {
      Path directory = means.directories().container(definition.id());
      Life life = Creation.life(means, definition, stored.saved(), directory);
      life.contents(contents.digests(life.id(), targets(life)));
      means.lives().reserve(life.name(), life.id());
      means.lives().add(life);
    } catch (RuntimeException e) {
      means.files().setAside(definition, Damage.of(String.valueOf(e.getMessage())));
    }
  }

  private void look(Life life) {
    var takeover = new Takeover(means, supervisor, creation, life);
    life.takeover(takeover);
    try {
      takeover.look();
    } catch (RuntimeException | Error e) {
      LOG.error("it is not known what became of container {}", life.name(), e);
    }
  }

  private static List<String> targets(Life life) {
    return life.config().mounts().stream()
        .filter(mount -> mount.file().isPresent())
        .map(MountConfig::target)
        .toList();
  }

  private static boolean restarting(Life life) {
    return life.state().status() == Status.RESTARTING;
  }

  /// Takes over everything that nobody has needed yet, on a thread of its own.
  void goOn() {
    Thread.ofPlatform()
        .daemon()
        .name("davit-adoption")
        .start(
            () -> {
              try {
                rest();
              } finally {
                done.complete(null);
              }
            });
  }

  private void rest() {
    for (Life life : means.lives().all()) {
      if (closing) {
        return;
      }
      life.takenOver();
    }
    forgotten.forEach(contents::forget);
  }

  // Run directories of containers that do not exist name cgroups and networks.
  private void sweep(Path directory) {
    String id = id(directory);
    LOG.info("what container {} has left is removed", id);
    try {
      Cgroup cgroup = means.cgroups().open(Means.cgroupPath(id));
      cgroup.kill();
      cgroup.remove();
      means.networks().removeSandbox(id);
      StateFiles.delete(directory);
    } catch (RuntimeException | Error e) {
      LOG.warn("{} is not removed", directory, e);
    }
  }

  private static String id(Path directory) {
    return String.valueOf(directory.getFileName());
  }

  /// Completes when all has been taken over that can be.
  CompletableFuture<Void> done() {
    return done;
  }

  /// Leaves what is not taken over yet to the next engine.
  void close() {
    closing = true;
    done.join();
  }
}
