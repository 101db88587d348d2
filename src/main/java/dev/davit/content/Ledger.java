package dev.davit.content;

import dev.davit.stored.Form;
import java.time.Instant;
import java.util.List;

/// Which images are here: what is not in it is no image.
record Ledger(List<Entry> images) {
  static final Form<Ledger> FORM = Form.of(Ledger.class, 1);

  /// @param manifest digest of its manifest
  /// @param mediaType the manifest's
  /// @param indexes digests of what named the manifest, kept with it
  /// @param names references in full, with tag or digest
  record Entry(
      String manifest, String mediaType, List<String> indexes, List<String> names, Instant added) {
    Entry {
      indexes = List.copyOf(indexes);
      names = List.copyOf(names);
    }
  }

  Ledger {
    images = List.copyOf(images);
  }
}
