package dev.davit.reconcile;

import dev.davit.compose.Mount;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.VolumeDefinition;
import dev.davit.engine.MountConfig;
import java.util.List;
import java.util.Optional;

/// `volumes` and `tmpfs`.
final class MountMapping {
  private MountMapping() {}

  static List<MountConfig> of(Project project, Service service) {
    return service.mounts().stream().map(mount -> of(project, mount)).toList();
  }

  private static MountConfig of(Project project, Mount mount) {
    return new MountConfig(
        type(mount),
        source(project, mount),
        mount.target(),
        mount.readOnly(),
        mount.propagation().orElse("rprivate"),
        mount.createHostPath(),
        mount.noCopy(),
        mount.tmpfs().size(),
        mount.tmpfs().mode(),
        mount.tmpfs().options());
  }

  private static MountConfig.Type type(Mount mount) {
    return switch (mount.type()) {
      case BIND -> MountConfig.Type.BIND;
      case VOLUME -> MountConfig.Type.VOLUME;
      case TMPFS -> MountConfig.Type.TMPFS;
      case IMAGE, CLUSTER, NPIPE ->
          throw new IllegalStateException("a mount that Unsupported lets pass: " + mount);
    };
  }

  private static Optional<String> source(Project project, Mount mount) {
    if (mount.source().isEmpty()) {
      return Optional.empty();
    }
    VolumeDefinition volume =
        mount.type() == Mount.Type.VOLUME ? project.volumes().get(mount.source()) : null;
    return Optional.of(volume == null ? mount.source() : volume.name());
  }
}
