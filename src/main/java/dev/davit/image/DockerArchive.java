package dev.davit.image;

import java.util.List;

/// `manifest.json` of what `docker save` writes: which files of the archive are which image's.
public record DockerArchive(List<Entry> images) {
  private static final int MOST = 10_000;

  /// @param config name of a file in the archive
  /// @param repoTags the image's names
  /// @param layers names of files, the lowest first
  public record Entry(String config, List<String> repoTags, List<String> layers) {
    public Entry {
      repoTags = List.copyOf(repoTags);
      layers = List.copyOf(layers);
    }
  }

  public DockerArchive {
    images = List.copyOf(images);
  }

  public static DockerArchive parse(byte[] bytes) {
    return new DockerArchive(
        Json.parseList("manifest.json", bytes).stream()
            .map(
                each ->
                    new Entry(
                        each.string("Config"),
                        each.strings("RepoTags", MOST),
                        each.strings("Layers", MOST)))
            .toList());
  }

  /// The file's text.
  public String print() {
    return Json.print(
        images.stream()
            .map(
                each ->
                    Json.map(
                        "Config", each.config, "RepoTags", each.repoTags, "Layers", each.layers))
            .toList());
  }
}
