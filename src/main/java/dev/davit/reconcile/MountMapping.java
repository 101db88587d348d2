package dev.davit.reconcile;

import dev.davit.compose.Mount;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.VolumeDefinition;
import dev.davit.compose.VolumesFrom;
import dev.davit.engine.MountConfig;
import dev.davit.engine.MountConfig.Recursive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// `volumes` and `tmpfs`.
final class MountMapping {
  private MountMapping() {}

  /// @param firstContainer name of a service's first container
  static List<MountConfig> of(
      Project project, Service service, UnaryOperator<String> firstContainer) {
    var mounts = new ArrayList<MountConfig>();
    service.mounts().forEach(mount -> mounts.add(of(project, mount)));
    mounts.addAll(GrantMapping.of(project, service));
    for (VolumesFrom from : service.volumesFrom()) {
      String other = from.container() ? from.name() : firstContainer.apply(from.name());
      mounts.add(MountConfig.container(other, from.readOnly()));
    }
    return mounts;
  }

  private static MountConfig of(Project project, Mount mount) {
    String target = mount.target();
    MountConfig config =
        switch (mount.type()) {
          case BIND -> MountConfig.bind(mount.source(), target).withBind(bind(mount));
          case VOLUME ->
              source(project, mount)
                  .map(name -> MountConfig.volume(name, target))
                  .orElseGet(() -> MountConfig.anonymous(target))
                  .withVolume(mount.noCopy(), mount.labels());
          case TMPFS -> MountConfig.tmpfs(target).withTmpfs(tmpfs(mount.tmpfs()));
          case IMAGE -> MountConfig.image(mount.source(), target);
          case CLUSTER, NPIPE ->
              throw new IllegalStateException("a mount that Unsupported lets pass: " + mount);
        };
    return config.withReadOnly(mount.readOnly()).withSubpath(mount.subpath());
  }

  private static MountConfig.Bind bind(Mount mount) {
    return new MountConfig.Bind(
        mount.propagation().orElse("rprivate"),
        mount.createHostPath(),
        mount
            .recursive()
            .map(word -> Recursive.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Recursive.ENABLED));
  }

  private static MountConfig.Tmpfs tmpfs(Mount.Tmpfs tmpfs) {
    return new MountConfig.Tmpfs(tmpfs.size(), tmpfs.mode(), tmpfs.options());
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
