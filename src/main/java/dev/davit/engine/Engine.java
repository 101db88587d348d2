package dev.davit.engine;

import dev.davit.cgroup.Cgroups;
import dev.davit.image.Images;
import dev.davit.network.Networks;
import dev.davit.volume.Volumes;

/// The life of containers in one pair of directories. One engine at a time may have them open.
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"}) // being written
public final class Engine implements AutoCloseable {
  private final Events events = new Events();

  private Engine() {}

  /// Opens the engine, adopts the containers that still run and applies the restart policies of
  /// those that do not.
  public static Engine open(
      EngineDirectories directories,
      Images images,
      Networks networks,
      Volumes volumes,
      Cgroups cgroups) {
    throw new UnsupportedOperationException(directories.toString());
  }

  public Containers containers() {
    throw new UnsupportedOperationException();
  }

  public Execs execs() {
    throw new UnsupportedOperationException();
  }

  public Logs logs() {
    throw new UnsupportedOperationException();
  }

  public Events events() {
    return events;
  }

  /// Lets go of the containers: they run on, and the next engine adopts them.
  @Override
  public void close() {}
}
