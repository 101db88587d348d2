package dev.davit.engine;

import dev.davit.cgroup.Cgroups;
import dev.davit.image.Images;
import dev.davit.linux.Reader;
import dev.davit.network.Networks;
import dev.davit.runtime.Starter;
import dev.davit.volume.Volumes;

/// What the engine's parts share.
///
/// @param reader for the loop's thread only
record Means(
    EngineDirectories directories,
    Images images,
    Networks networks,
    Volumes volumes,
    Cgroups cgroups,
    Starter starter,
    StateFiles files,
    Lives lives,
    EventLoop loop,
    Reader reader,
    Timers timers,
    Events events) {

  /// Where the cgroup of a container is, relative to the root of the hierarchies.
  static String cgroupPath(String id) {
    return "davit/" + id;
  }
}
