package dev.davit.artifact;

import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One file of a published project: a layer of the artifact.
///
/// @param name without a directory
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProjectFile(Role role, String name, byte[] bytes) {

  /// What a file is for.
  public enum Role {
    /// Laid over those before it.
    COMPOSE("application/vnd.docker.compose.file+yaml", "com.docker.compose.file"),
    /// Only services that others extend.
    EXTENDED("application/vnd.docker.compose.file+yaml", "com.docker.compose.file"),
    /// `KEY=value` lines that services name in `env_file`.
    ENVIRONMENT("application/vnd.docker.compose.envfile", "com.docker.compose.envfile");

    private final String mediaType;
    private final String nameKey;

    Role(String mediaType, String nameKey) {
      this.mediaType = mediaType;
      this.nameKey = nameKey;
    }
  }

  /// In bytes; what is larger nobody wrote, and nobody fetches.
  static final int LARGEST = 4 << 20;

  private static final String EXTENDS = "com.docker.compose.extends";

  /// What the manifest says of it.
  ///
  /// @param version of the tool that publishes
  Descriptor descriptor(String version) {
    var annotations = new TreeMap<String, String>();
    annotations.put(role.nameKey, name);
    annotations.put("com.docker.compose.version", version);
    if (role == Role.EXTENDED) {
      annotations.put(EXTENDS, "true");
    }
    return new Descriptor(
        role.mediaType, Digest.of(bytes), bytes.length, Optional.empty(), annotations);
  }

  /// The role of a layer; empty where it has none that is known.
  static Optional<Role> role(Descriptor layer) {
    Map<String, String> annotations = layer.annotations();
    if (layer.mediaType().equals(Role.ENVIRONMENT.mediaType)) {
      return Optional.of(Role.ENVIRONMENT);
    }
    if (layer.mediaType().equals(Role.COMPOSE.mediaType)) {
      return Optional.of(annotations.containsKey(EXTENDS) ? Role.EXTENDED : Role.COMPOSE);
    }
    return Optional.empty();
  }

  /// The name that a layer of this role gives itself, empty where it gives none.
  static String name(Role role, Descriptor layer) {
    return layer.annotations().getOrDefault(role.nameKey, "");
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
