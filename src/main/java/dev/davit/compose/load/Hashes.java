package dev.davit.compose.load;

import dev.davit.compose.ConfigHash;
import dev.davit.compose.attribute.Schema;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.write.HashForm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/// Docker compose's own hashes: SHA-256 in hex of all that makes a thing what it is.
final class Hashes {
  private Hashes() {}

  static ConfigHash ofService(Mapping service) {
    return sha256(() -> HashForm.ofService(Schema.hashed(service)));
  }

  static ConfigHash ofNetwork(Mapping network) {
    return sha256(() -> HashForm.ofNetwork(network));
  }

  static ConfigHash ofVolume(Mapping volume) {
    return sha256(
        () ->
            HashForm.ofVolume(volume.withDefault("driver", Scalar.text("local", volume.place()))));
  }

  private static ConfigHash sha256(Supplier<String> text) {
    return new ConfigHash(() -> sha256(text.get()));
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
