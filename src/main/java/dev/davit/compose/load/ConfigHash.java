package dev.davit.compose.load;

import dev.davit.compose.attribute.Schema;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.write.HashForm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The hash by which what exists is compared with what the files say: docker compose's own, SHA-256
/// in hex of all that makes a thing what it is.
final class ConfigHash {
  private ConfigHash() {}

  static String ofService(Mapping service) {
    return sha256(HashForm.ofService(Schema.hashed(service)));
  }

  static String ofNetwork(Mapping network) {
    return sha256(HashForm.ofNetwork(network));
  }

  static String ofVolume(Mapping volume) {
    Mapping complete = volume.withDefault("driver", Scalar.text("local", volume.place()));
    return sha256(HashForm.ofVolume(complete));
  }

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
