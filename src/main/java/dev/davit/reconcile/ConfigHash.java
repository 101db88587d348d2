package dev.davit.reconcile;

import dev.davit.compose.ImageSource;
import dev.davit.compose.NetworkDefinition;
import dev.davit.compose.Service;
import dev.davit.compose.VolumeDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// Tells whether what exists was made from what the model says now.
public final class ConfigHash {
  /// What may change without a new container: it says how many, when and from where, not what.
  private static final Set<String> NOT_OF_THE_CONTAINER =
      Set.of("build", "replicas", "dependsOn", "profiles");

  private ConfigHash() {}

  /// SHA-256 in hex of all that makes the service's containers what they are.
  public static String of(Service service) {
    ImageSource source = service.source();
    String image =
        Canonical.json(new ImageSource(source.image(), NONE, source.platform()), NOTHING);
    var without = new java.util.HashSet<>(NOT_OF_THE_CONTAINER);
    without.add("source");
    return sha256(Canonical.json(service, without) + image);
  }

  static String of(NetworkDefinition network) {
    return sha256(Canonical.json(network, NOTHING));
  }

  static String of(VolumeDefinition volume) {
    return sha256(Canonical.json(volume, NOTHING));
  }

  private static final Optional<String> NONE = Optional.empty();
  private static final Set<String> NOTHING = Set.of();

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
