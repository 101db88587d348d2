package dev.davit.compose.load;

import dev.davit.compose.Mount;
import dev.davit.compose.Mount.Tmpfs;
import dev.davit.compose.VolumesFrom;
import dev.davit.compose.text.TmpfsText;
import dev.davit.compose.text.VolumesFromText;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The `volumes` and `tmpfs` of a service, as [Mount]s.
final class MountBinder {
  private MountBinder() {}

  static List<Mount> bind(View service) {
    Stream<Mount> volumes = service.views("volumes").stream().map(MountBinder::volume);
    Stream<Mount> tmpfs = service.texts("tmpfs").stream().map(MountBinder::tmpfs);
    return Stream.concat(volumes, tmpfs).toList();
  }

  private static Mount volume(View mount) {
    View tmpfs = mount.at("tmpfs");
    String type = mount.text("type").orElse("volume").toUpperCase(Locale.ROOT);
    return new Mount(
        Mount.Type.valueOf(type),
        mount.text("source").orElse(""),
        mount.text("target").orElse(""),
        mount.flag("read_only"),
        mount.at("bind").text("propagation"),
        mount.at("bind").flag("create_host_path", true),
        mount.at("bind").text("recursive"),
        mount.at("volume").flag("nocopy"),
        mount.at("volume").text("subpath").or(() -> mount.at("image").text("subpath")),
        mount.at("volume").map("labels"),
        new Tmpfs(tmpfs.whole("size"), tmpfs.small("mode"), List.of()));
  }

  static List<VolumesFrom> volumesFrom(View service) {
    return service.texts("volumes_from").stream()
        .map(VolumesFromText::parse)
        .map(it -> new VolumesFrom(it.name(), it.container(), it.readOnly()))
        .toList();
  }

  private static Mount tmpfs(String text) {
    TmpfsText tmpfs = TmpfsText.parse(text);
    return new Mount(
        Mount.Type.TMPFS,
        "",
        Path.of(tmpfs.path()).normalize().toString(),
        tmpfs.readOnly(),
        Optional.empty(),
        false,
        Optional.empty(),
        false,
        Optional.empty(),
        Map.of(),
        new Tmpfs(tmpfs.size(), tmpfs.mode(), tmpfs.others()));
  }
}
