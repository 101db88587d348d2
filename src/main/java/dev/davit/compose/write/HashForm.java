package dev.davit.compose.write;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The text of which docker compose takes the hash. It is its JSON, with oddities of its encoder
/// that Davit's printed JSON does not have, because it could not be loaded again.
public final class HashForm {
  private static final Map<String, String> CAPITALS =
      Map.of("path", "Path", "weight", "Weight", "rate", "Rate");

  private static final List<String> DEVICES =
      List.of(
          "weight_device",
          "device_read_bps",
          "device_read_iops",
          "device_write_bps",
          "device_write_iops");

  private HashForm() {}

  /// @param service canonical, without what does not count
  public static String ofService(Mapping service) {
    Mapping odd = service;
    if (odd.has("blkio_config")) {
      odd = odd.with("blkio_config", capitals(odd.mapping("blkio_config")));
    }
    return JsonText.compact(Arranged.hashed(odd, "services"));
  }

  /// @param network canonical
  public static String ofNetwork(Mapping network) {
    return JsonText.compact(Arranged.hashed(network, "networks"));
  }

  /// @param volume canonical
  public static String ofVolume(Mapping volume) {
    return JsonText.compact(Arranged.hashed(volume, "volumes"));
  }

  private static Mapping capitals(Mapping blkio) {
    var changed = new LinkedHashMap<String, Node>();
    for (String key : DEVICES) {
      if (blkio.get(key).orElse(null) instanceof Sequence list) {
        changed.put(
            key,
            new Sequence(list.items().stream().map(HashForm::capitalKeys).toList(), list.place()));
      }
    }
    return blkio.withAll(changed);
  }

  private static Node capitalKeys(Node device) {
    if (!(device instanceof Mapping mapping)) {
      return device;
    }
    var renamed = new LinkedHashMap<String, Mapping.Entry>();
    mapping.entries().forEach((key, it) -> renamed.put(CAPITALS.getOrDefault(key, key), it));
    return new Mapping(renamed, mapping.place());
  }
}
