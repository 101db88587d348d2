package dev.davit.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.ImageSpec;
import dev.davit.image.MediaType;
import dev.davit.image.Reference;
import dev.davit.test.Tar;
import java.util.ArrayList;
import java.util.List;

/// An image made of tar archives, for tests.
final class TestImage {
  private final byte[] manifest;
  private final byte[] config;
  private final List<byte[]> layers;

  private TestImage(byte[] manifest, byte[] config, List<byte[]> layers) {
    this.manifest = manifest;
    this.config = config;
    this.layers = layers;
  }

  byte[] manifest() {
    return manifest;
  }

  byte[] config() {
    return config;
  }

  List<byte[]> layers() {
    return layers;
  }

  /// Of layers before compression, the lowest first.
  static TestImage of(byte[]... tars) {
    return of(
        "{\"Cmd\":[\"/bin/sh\"]}", List.of(tars), List.of(tars).stream().map(Tar::gzip).toList());
  }

  /// @param diffs what the config says that the layers unpack to
  static TestImage of(String config, List<byte[]> diffs, List<byte[]> layers) {
    String ids = diffs.stream().map(tar -> "\"" + Digest.of(tar) + "\"").collect(joining(","));
    byte[] spec =
        """
        {"created":"2026-01-02T03:04:05Z","os":"linux","architecture":"%s","config":%s,
         "rootfs":{"type":"layers","diff_ids":[%s]}}"""
            .formatted(dev.davit.image.Platform.ofThisMachine().architecture(), config, ids)
            .getBytes(UTF_8);
    var parts = new ArrayList<String>();
    layers.forEach(layer -> parts.add(text(Descriptor.of(MediaType.OCI_LAYER_GZIP, layer))));
    byte[] manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(
                MediaType.OCI_MANIFEST,
                text(Descriptor.of(MediaType.OCI_CONFIG, spec)),
                String.join(",", parts))
            .getBytes(UTF_8);
    return new TestImage(manifest, spec, layers);
  }

  private static String text(Descriptor descriptor) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(descriptor.mediaType(), descriptor.digest(), descriptor.size());
  }

  Descriptor descriptor() {
    return Descriptor.of(MediaType.OCI_MANIFEST, manifest);
  }

  /// Puts it into the store, as a pull does.
  StoredImage into(Store store, String... names) {
    try (Hold _ = store.hold()) {
      unpackedInto(store);
      List<Reference> references = List.of(names).stream().map(Reference::parse).toList();
      return store.images().add(descriptor(), List.of(), references);
    }
  }

  /// Puts everything into the store, but names no image there.
  void unpackedInto(Store store) {
    store.blobs().add(descriptor(), manifest);
    store.blobs().add(Descriptor.of(MediaType.OCI_CONFIG, config), config);
    ImageSpec spec = ImageSpec.parse(config);
    for (int i = 0; i < layers.size(); i++) {
      layer(store, spec, i);
    }
    store.layers().settle(spec.chainIds());
  }

  private void layer(Store store, ImageSpec spec, int index) {
    byte[] layer = layers.get(index);
    Descriptor blob = Descriptor.of(MediaType.OCI_LAYER_GZIP, layer);
    try (ContentWriter writer = store.layers().write(spec, index, blob)) {
      int from = (int) writer.offset();
      writer.write(layer, from, layer.length - from);
      writer.commit();
    }
  }
}
