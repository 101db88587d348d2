package dev.davit.cli.stack;

import dev.davit.cli.copy.Committing;
import dev.davit.content.Store;
import dev.davit.engine.Archives;
import dev.davit.engine.Containers;
import dev.davit.engine.Events;
import dev.davit.engine.Execs;
import dev.davit.engine.HostFiles;
import dev.davit.engine.Logs;
import dev.davit.engine.Statistics;
import dev.davit.image.Images;
import dev.davit.network.Networks;
import dev.davit.reconcile.DesiredProjects;
import dev.davit.reconcile.EngineOperations;
import dev.davit.reconcile.ImageTransfers;
import dev.davit.reconcile.Observer;
import dev.davit.volume.Volumes;
import java.nio.file.Path;

/// What the commands use of the engine.
///
/// @param root the data directory
public record Machine(
    Containers containers,
    Execs execs,
    Logs logs,
    Events events,
    Statistics statistics,
    Archives archives,
    HostFiles hostFiles,
    Networks networks,
    Volumes volumes,
    Images images,
    Store store,
    DesiredProjects desired,
    Path root) {

  public Committing committing() {
    return new Committing(containers, archives, images, store);
  }

  public Observer observer() {
    return new Observer(containers, networks, volumes, images, desired);
  }

  /// @param transfers images to and from registries, for whoever asked
  public EngineOperations operations(ImageTransfers transfers) {
    return new EngineOperations(containers, execs, logs, networks, volumes, transfers);
  }
}
