package dev.davit.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.image.Descriptor;
import dev.davit.image.Manifest;
import dev.davit.image.MediaType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// The manifest of a published project, as docker compose writes and reads it.
final class ProjectArtifact {
  static final String TYPE = "application/vnd.docker.compose.project";

  /// An artifact has a config because images have; nothing is in it.
  static final byte[] CONFIG = "{}".getBytes(UTF_8);

  private static final String CONFIG_1_0 = "application/vnd.docker.compose.config.empty.v1+json";
  private static final String CONFIG_1_1 = "application/vnd.oci.empty.v1+json";

  private ProjectArtifact() {}

  /// @param tool the version of the tool that publishes
  static Manifest manifest(
      List<ProjectFile> files, OciVersion version, String tool, Instant created) {
    boolean typed = version == OciVersion.V1_1;
    return new Manifest(
        MediaType.OCI_MANIFEST,
        typed ? TYPE : "",
        Descriptor.of(typed ? CONFIG_1_1 : CONFIG_1_0, CONFIG),
        files.stream().map(file -> file.descriptor(tool)).toList(),
        Map.of(
            "org.opencontainers.image.created",
            created.truncatedTo(ChronoUnit.SECONDS).toString()));
  }

  /// Whether it is the manifest of a project, not of an image or of something else.
  static boolean is(Manifest manifest) {
    String type = manifest.artifactType();
    return type.isEmpty() ? manifest.config().mediaType().equals(CONFIG_1_0) : type.equals(TYPE);
  }
}
