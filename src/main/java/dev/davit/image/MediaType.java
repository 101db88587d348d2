package dev.davit.image;

import java.util.Set;

/// The media types of images, by OCI and by Docker before it.
public final class MediaType {
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
  public static final String OCI_LAYER_GZIP = OCI_LAYER + "+gzip";
  public static final String OCI_LAYER_ZSTD = OCI_LAYER + "+zstd";
  public static final String DOCKER_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
  public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";
  public static final String DOCKER_LAYER_GZIP = DOCKER_LAYER + ".gzip";

  private static final Set<String> MANIFESTS = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);
  private static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);
  private static final Set<String> CONFIGS = Set.of(OCI_CONFIG, DOCKER_CONFIG);

  private MediaType() {}

  public static boolean isManifest(String type) {
    return MANIFESTS.contains(type);
  }

  public static boolean isIndex(String type) {
    return INDEXES.contains(type);
  }

  /// Whether it is the config of an image, not of some other artifact.
  public static boolean isConfig(String type) {
    return CONFIGS.contains(type);
  }

  /// The OCI media type of what Docker calls `type`; others as they are.
  public static String oci(String type) {
    return switch (type) {
      case DOCKER_LIST -> OCI_INDEX;
      case DOCKER_MANIFEST -> OCI_MANIFEST;
      case DOCKER_CONFIG -> OCI_CONFIG;
      case DOCKER_LAYER -> OCI_LAYER;
      case DOCKER_LAYER_GZIP -> OCI_LAYER_GZIP;
      default -> type;
    };
  }

  /// Whether it is a layer of files, however compressed.
  public static boolean isLayer(String type) {
    return type.startsWith(OCI_LAYER)
        || type.startsWith(DOCKER_LAYER)
        || type.startsWith("application/vnd.oci.image.layer.nondistributable.v1.tar")
        || type.startsWith("application/vnd.docker.image.rootfs.foreign.diff.tar");
  }
}
