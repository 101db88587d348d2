package dev.davit.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Document;
import dev.davit.image.Index;
import dev.davit.image.Manifest;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
import dev.davit.registry.Fetched;
import dev.davit.registry.Registries;
import dev.davit.registry.Upload;
import dev.davit.registry.site.Sites;
import dev.davit.test.LocalRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Between two real docker-registries.
class ImageCopiesTest {
  @TempDir private Path temp;

  private static Descriptor blob(Upload to, String type, byte[] bytes) {
    Descriptor blob = Descriptor.of(type, bytes);
    to.blob(
        blob,
        from -> new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from),
        _ -> {});
    return blob;
  }

  private static Descriptor document(Upload to, String type, byte[] bytes, String tag) {
    var document = new Fetched(type, Digest.of(bytes), bytes);
    to.manifest(tag.isEmpty() ? document.digest().toString() : tag, document);
    return document.descriptor();
  }

  private static Descriptor image(Upload to, String architecture, int seed) {
    var layer = new byte[3 << 20];
    new Random(seed).nextBytes(layer);
    byte[] config = ("{\"architecture\":\"" + architecture + "\"}").getBytes(UTF_8);
    Manifest manifest =
        Manifest.of(
            blob(to, MediaType.OCI_CONFIG, config), List.of(blob(to, MediaType.OCI_LAYER, layer)));
    Descriptor named = document(to, manifest.mediaType(), manifest.bytes(), "");
    return new Descriptor(
        named.mediaType(),
        named.digest(),
        named.size(),
        Optional.of(Platform.parse("linux/" + architecture)),
        Map.of());
  }

  private static Reference index(Registries registries, String name) {
    Reference reference = Reference.parse(name);
    Upload to = registries.upload(reference);
    List<Descriptor> images = List.of(image(to, "amd64", 1), image(to, "arm64", 2));
    var index = new Index(MediaType.OCI_INDEX, images, Optional.empty(), Map.of());
    document(to, MediaType.OCI_INDEX, index.print().getBytes(UTF_8), "1");
    return reference;
  }

  private void isWhole(Registries registries, Reference there, Digest digest) {
    var repository = registries.repository(Reference.parse(there + "@" + digest));
    Fetched document = repository.manifest();
    var manifests = new ArrayList<Manifest>();
    for (Descriptor each :
        ((Index) Document.parse(document.mediaType(), document.bytes())).manifests()) {
      Fetched manifest = repository.manifest(each.digest());
      manifests.add((Manifest) Document.parse(manifest.mediaType(), manifest.bytes()));
    }
    assertEquals(2, manifests.size());
    for (Manifest manifest : manifests) {
      manifest
          .parts()
          .forEach(
              part -> {
                try (var spool = new Spool(part, temp)) {
                  repository.download(part, spool);
                }
              });
    }
  }

  @Test
  void allPlatformsComeUnderTheirDigests() throws IOException {
    Path here = Files.createDirectory(temp.resolve("here"));
    Path there = Files.createDirectory(temp.resolve("there"));
    Path room = Files.createDirectory(temp.resolve("room"));
    try (LocalRegistry from = LocalRegistry.start(here, LocalRegistry.Options.PLAIN);
        LocalRegistry to = LocalRegistry.start(there, LocalRegistry.Options.PLAIN);
        Registries registries =
            Registries.open(new Sites(Map.of(), List.of()), _ -> Optional.empty(), _ -> {})) {
      Reference far = index(registries, from.domain() + "/far:1");
      Reference near = index(registries, to.domain() + "/near:1");
      Digest digest = registries.repository(far).head().orElseThrow();
      for (Reference image : List.of(far, near)) {
        Reference target = Reference.parse(to.domain() + "/shop-" + image.path() + ":1");
        var copies = new ImageCopies(registries, target, room);
        Descriptor copied = copies.copy(image);
        assertEquals(digest, copied.digest());
        isWhole(registries, target, digest);

        Descriptor project =
            new Publication(
                    List.of(
                        new ProjectFile(
                            ProjectFile.Role.COMPOSE, "compose.yaml", "a".getBytes(UTF_8))),
                    "1",
                    Instant.EPOCH)
                .to(registries.upload(target), "1", Optional.empty());
        Digest list = copies.list(List.of(copied), project, "1");
        Fetched listed = registries.repository(Reference.parse(target + "@" + list)).manifest();
        var index = (Index) Document.parse(listed.mediaType(), listed.bytes());
        assertEquals(Optional.of(project.digest()), index.subject().map(Descriptor::digest));
        assertEquals(List.of(digest), index.manifests().stream().map(Descriptor::digest).toList());
      }
      try (var left = Files.list(room)) {
        assertTrue(left.findAny().isEmpty(), "nothing stays in between");
      }
    }
  }
}
