package dev.davit.cli.object;

import dev.davit.cli.row.Sizes;
import dev.davit.format.Header;
import dev.davit.format.Layout;

/// What things of one type take on the disk, as `docker system df` lists it.
///
/// @param bytes as du(1) counts
record DiskRow(
    String type,
    @Header("TOTAL") String totalCount,
    String active,
    String size,
    String reclaimable,
    long bytes) {
  static final Layout<DiskRow> LAYOUT =
      Layout.of(
          DiskRow.class, "{{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}");

  static DiskRow of(String type, long total, long active, long bytes, long reclaimable) {
    long percent = bytes == 0 ? 0 : reclaimable * 100 / bytes;
    return new DiskRow(
        type,
        Long.toString(total),
        Long.toString(active),
        Sizes.decimal(bytes),
        "%s (%d%%)".formatted(Sizes.decimal(reclaimable), percent),
        bytes);
  }

  /// Of what has no number.
  static DiskRow of(String type, long bytes) {
    return new DiskRow(type, "", "", Sizes.decimal(bytes), "", bytes);
  }
}
