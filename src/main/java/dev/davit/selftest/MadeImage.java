package dev.davit.selftest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.archive.MadeTar;
import dev.davit.image.Digest;
import dev.davit.image.Platform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// An image of one layer, as `docker save` writes it.
final class MadeImage {
  private static final JsonMapper JSON = new JsonMapper();

  private MadeImage() {}

  /// @param layer a tar archive
  /// @param settings `Volumes`, `WorkingDir` …
  static byte[] of(String name, byte[] layer, Map<String, Object> settings) {
    Platform platform = Platform.ofThisMachine();
    var config = new HashMap<String, Object>();
    config.put("os", platform.os());
    config.put("architecture", platform.architecture());
    config.put("config", settings);
    config.put(
        "rootfs", Map.of("type", "layers", "diff_ids", List.of(Digest.of(layer).toString())));
    var manifest =
        List.of(
            Map.of(
                "Config",
                "config.json",
                "RepoTags",
                List.of(name),
                "Layers",
                List.of("layer.tar")));
    return new MadeTar()
        .file("layer.tar", 0644, layer)
        .file("config.json", 0644, JSON.writeValueAsString(config).getBytes(UTF_8))
        .file("manifest.json", 0644, JSON.writeValueAsString(manifest).getBytes(UTF_8))
        .end();
  }
}
