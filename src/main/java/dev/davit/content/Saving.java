package dev.davit.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.archive.TarFiles;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.DockerArchive;
import dev.davit.image.Index;
import dev.davit.image.MediaType;
import dev.davit.image.Reference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Images as one tar archive that both forms read: the layout of the OCI image spec, and beside it
/// the `manifest.json` that `docker load` has always taken. Equal images make equal archives.
public final class Saving {
  private static final String LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";

  private final Store store;

  public Saving(Store store) {
    this.store = store;
  }

  /// An image and the names that the archive shall give it.
  public record Saved(StoredImage image, List<Reference> names) {
    public Saved {
      names = List.copyOf(names);
    }
  }

  public void save(List<Saved> images, OutputStream out) throws IOException {
    try (Hold _ = store.hold();
        var tar = new TarFiles.Writer(out, 0)) {
      tar.directory("blobs/");
      tar.directory("blobs/sha256/");
      Set<Digest> written = new LinkedHashSet<>();
      for (Saved saved : images) {
        blob(tar, written, saved.image().descriptor().digest());
        for (Descriptor part : saved.image().manifest().parts().toList()) {
          blob(tar, written, part.digest());
        }
      }
      text(tar, "index.json", index(images).print());
      text(tar, "manifest.json", docker(images).print());
      text(tar, "oci-layout", LAYOUT);
    }
  }

  private void blob(TarFiles.Writer tar, Set<Digest> written, Digest digest) throws IOException {
    if (written.add(digest)) {
      Blob blob = store.blobs().require(digest);
      try (InputStream in = blob.open()) {
        tar.file(path(digest), blob.size(), in);
      }
    }
  }

  private static String path(Digest digest) {
    return "blobs/" + digest.algorithm() + "/" + digest.hex();
  }

  private static void text(TarFiles.Writer tar, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    tar.file(name, bytes.length, new ByteArrayInputStream(bytes));
  }

  private static Index index(List<Saved> images) {
    var manifests = new ArrayList<Descriptor>();
    for (Saved saved : images) {
      if (saved.names().isEmpty()) {
        manifests.add(descriptor(saved.image(), Map.of()));
      }
      for (Reference name : saved.names()) {
        manifests.add(
            descriptor(
                saved.image(),
                Map.of(
                    Loading.NAME, name.toString(), Loading.REF_NAME, name.tag().orElse("latest"))));
      }
    }
    return new Index(MediaType.OCI_INDEX, manifests, Map.of());
  }

  private static Descriptor descriptor(StoredImage image, Map<String, String> annotations) {
    return new Descriptor(
        image.manifest().mediaType(),
        image.descriptor().digest(),
        image.descriptor().size(),
        Optional.of(image.spec().platform()),
        annotations);
  }

  private static DockerArchive docker(List<Saved> images) {
    return new DockerArchive(
        images.stream()
            .map(
                saved ->
                    new DockerArchive.Entry(
                        path(saved.image().id()),
                        saved.names().stream().map(Reference::tagged).toList(),
                        saved.image().manifest().layers().stream()
                            .map(layer -> path(layer.digest()))
                            .toList()))
            .toList());
  }
}
