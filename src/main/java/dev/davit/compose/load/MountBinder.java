package dev.davit.compose.load;

import dev.davit.compose.Mount;
import dev.davit.compose.Mount.Tmpfs;
import dev.davit.compose.text.Bytes;
import dev.davit.compose.text.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
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
        mount.at("volume").flag("nocopy"),
        new Tmpfs(tmpfs.whole("size"), mode(tmpfs.text("mode")), List.of()));
  }

  private static OptionalInt mode(Optional<String> octal) {
    return octal.stream().mapToInt(Numbers::octal).findFirst();
  }

  /// `PATH[:OPTIONS]`.
  private static Mount tmpfs(String text) {
    String[] parts = text.split(":", 2);
    OptionalLong size = OptionalLong.empty();
    OptionalInt mode = OptionalInt.empty();
    var others = new ArrayList<String>();
    for (String option : parts.length == 1 ? new String[0] : parts[1].split(",")) {
      if (option.startsWith("size=") && !option.endsWith("%")) {
        size = OptionalLong.of(Bytes.parse(option.substring("size=".length())));
      } else if (option.startsWith("mode=")) {
        mode = OptionalInt.of(Numbers.octal(option.substring("mode=".length())));
      } else if (!option.equals("rw") && !option.equals("ro")) {
        others.add(option);
      }
    }
    return new Mount(
        Mount.Type.TMPFS,
        "",
        Path.of(parts[0]).normalize().toString(),
        text.matches("[^:]*:(.*,)?ro(,.*)?"),
        Optional.empty(),
        false,
        false,
        new Tmpfs(size, mode, others));
  }
}
