package dev.davit.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Index;
import dev.davit.image.Manifest;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The directory of an OCI image layout, made by a test, from which `skopeo` copies anywhere.
public final class OciLayout {
  private final Path directory;

  /// @param directory that is made
  public OciLayout(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory.resolve("blobs/sha256"));
      Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The descriptor of bytes that are put there as a blob.
  public Descriptor blob(String mediaType, byte[] bytes) {
    Descriptor descriptor = Descriptor.of(mediaType, bytes);
    try {
      Files.write(directory.resolve("blobs/sha256").resolve(descriptor.digest().hex()), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return descriptor;
  }

  /// An image of gzipped layers; its descriptor has the platform.
  public Descriptor image(Platform platform, byte[]... tars) {
    return image(platform, MediaType.OCI_LAYER_GZIP, Tar::gzip, tars);
  }

  /// As [#image], but of layers that are packed with zstd.
  public Descriptor zstdImage(Platform platform, byte[]... tars) {
    return image(platform, MediaType.OCI_LAYER_ZSTD, OciLayout::zstd, tars);
  }

  private static byte[] zstd(byte[] bytes) {
    var packed = new ByteArrayOutputStream();
    try (var out = new ZstdOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private Descriptor image(
      Platform platform, String layerType, UnaryOperator<byte[]> packing, byte[]... tars) {
    String ids =
        List.of(tars).stream().map(tar -> "\"" + Digest.of(tar) + "\"").collect(joining(","));
    String config =
        """
        {"created":"2026-01-02T03:04:05Z","os":"%s","architecture":"%s",
         "config":{"Env":["PATH=/bin"],"Cmd":["sh"]},"rootfs":{"type":"layers","diff_ids":[%s]}}"""
            .formatted(platform.os(), platform.architecture(), ids);
    Manifest manifest =
        Manifest.of(
            blob(MediaType.OCI_CONFIG, config.getBytes(UTF_8)),
            List.of(tars).stream().map(tar -> blob(layerType, packing.apply(tar))).toList());
    Descriptor written = blob(MediaType.OCI_MANIFEST, manifest.bytes());
    return new Descriptor(
        written.mediaType(), written.digest(), written.size(), Optional.of(platform), Map.of());
  }

  /// An index of those manifests.
  public Descriptor index(Descriptor... manifests) {
    String text = new Index(MediaType.OCI_INDEX, List.of(manifests), Map.of()).print();
    return blob(MediaType.OCI_INDEX, text.getBytes(UTF_8));
  }

  /// Copies what is described there into a registry that wants no password and no TLS, with all
  /// that an index names.
  ///
  /// @param options of `skopeo copy` besides
  public void push(Descriptor what, String name, String... options) {
    var words = new ArrayList<>(List.of("--all", "--dest-tls-verify=false"));
    words.addAll(List.of(options));
    copy(what, words, "docker://" + name);
  }

  /// Copies the image that is described there into an archive as of `docker save`.
  public void archive(Descriptor what, Path file, String name) {
    copy(what, List.of(), "docker-archive:" + file + ":" + name);
  }

  /// Copies the image that is described there into an archive of an OCI layout, as it is.
  public void ociArchive(Descriptor what, Path file, String name) {
    copy(what, List.of(), "oci-archive:" + file + ":" + name);
  }

  /// What is described there, under that name.
  public static Descriptor named(Descriptor what, String name) {
    return new Descriptor(
        what.mediaType(),
        what.digest(),
        what.size(),
        what.platform(),
        Map.of("org.opencontainers.image.ref.name", name));
  }

  /// Makes that all that the layout has.
  public void holds(Descriptor... manifests) {
    try {
      Files.writeString(
          directory.resolve("index.json"),
          new Index(MediaType.OCI_INDEX, List.of(manifests), Map.of()).print());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copy(Descriptor what, List<String> options, String to) {
    holds(named(what, "it"));
    var words = new ArrayList<>(List.of("skopeo", "--insecure-policy", "copy", "-q"));
    words.addAll(options);
    words.addAll(List.of("oci:" + directory + ":it", to));
    run(words);
  }

  /// What a registry has for a name, byte for byte as `skopeo inspect --raw` shows it.
  ///
  /// @param options of `skopeo inspect` besides
  public static byte[] raw(String name, String... options) {
    var words =
        new ArrayList<>(
            List.of("skopeo", "--insecure-policy", "inspect", "--raw", "--tls-verify=false"));
    words.addAll(List.of(options));
    words.add("docker://" + name);
    return run(words);
  }

  private static byte[] run(List<String> words) {
    Programs.require("skopeo");
    try {
      Process process =
          new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (InputStream out = process.getInputStream()) {
        byte[] said = out.readAllBytes();
        if (process.waitFor() != 0) {
          throw new IllegalStateException(String.join(" ", words) + " failed");
        }
        return said;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
