package dev.davit.engine;

import dev.davit.cgroup.Cgroup;
import dev.davit.cgroup.Cgroups;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Images;
import dev.davit.linux.Reader;
import dev.davit.network.Networks;
import dev.davit.runtime.Starter;
import dev.davit.volume.Volumes;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What the engine's parts share.
///
/// @param limits what containers may use that do not say it
/// @param reader for the loop's thread only
record Means(
    EngineDirectories directories,
    Images images,
    Networks networks,
    Volumes volumes,
    Cgroups cgroups,
    DefaultLimits limits,
    Starter starter,
    StateFiles files,
    Lives lives,
    EventLoop loop,
    Reader reader,
    Timers timers,
    Events events) {
  /// The cgroup of all containers that name no other parent.
  static final String COMMON_PARENT = "davit";

  /// What takes up all that the process of `life` is going to write.
  Output output(Life life) {
    Definition definition = life.definition();
    Map<String, String> attributes =
        LogAttributes.asked(definition)
            ? LogAttributes.of(definition, images.find(definition.imageId()))
            : Map.of();
    return new Output(this, life, LogFormat.attributes(attributes));
  }

  /// Where the cgroup of a container is, relative to the root of the hierarchies.
  static String cgroupPath(Life life) {
    return cgroupPath(life.id(), life.config().resources().cgroupParent());
  }

  /// The same for one of which nothing but its id is known.
  static String cgroupPath(String id) {
    return cgroupPath(id, Optional.empty());
  }

  private static String cgroupPath(String id, Optional<String> parent) {
    return parent.map(path -> relative(path) + "/" + Cgroup.GUEST).orElse(COMMON_PARENT + "/") + id;
  }

  /// A cgroup's path as the hierarchies have it; INVALID where it leads out of them.
  static String relative(String parent) {
    String path = parent.replaceAll("/+", "/").replaceAll("^/|/$", "");
    if (path.isEmpty() || !Path.of(path).normalize().toString().equals(path)) {
      throw new DavitException(
          Kind.INVALID, "cgroup parent \"%s\"".formatted(parent), "write a path as /group/name");
    }
    return path;
  }
}
