package dev.davit.compose.load;

import dev.davit.compose.ConfigHash;
import dev.davit.compose.attribute.Schema;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.write.HashForm;

/// Docker compose's own hashes: SHA-256 in hex of all that makes a thing what it is.
final class Hashes {
  private Hashes() {}

  static ConfigHash ofService(Mapping service) {
    return ConfigHash.of(() -> HashForm.ofService(Schema.hashed(service)));
  }

  static ConfigHash ofNetwork(Mapping network) {
    return ConfigHash.of(() -> HashForm.ofNetwork(network));
  }

  static ConfigHash ofVolume(Mapping volume) {
    return ConfigHash.of(
        () ->
            HashForm.ofVolume(volume.withDefault("driver", Scalar.text("local", volume.place()))));
  }
}
