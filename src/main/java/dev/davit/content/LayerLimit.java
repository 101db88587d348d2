package dev.davit.content;

import dev.davit.archive.LayerUnpacking.Limits;

/// What a layer may unpack to: beyond that it is taken for a bomb.
///
/// @param bytes any layer may have
/// @param ratio of its compressed size that a larger one may have
/// @param entries files, directories and links
public record LayerLimit(long bytes, int ratio, long entries) {
  /// Gzip makes a thousandth of zeros; of programs and texts a third, of logs a twentieth.
  public static final LayerLimit USUAL = new LayerLimit(2L << 30, 100, 2_000_000);

  /// The usual limit, but with `text` for the size of any layer, such as `20g`; empty for the
  /// usual.
  public static LayerLimit parse(String text) {
    if (text.isEmpty()) {
      return USUAL;
    }
    return new LayerLimit(ByteSize.parse("DAVIT_LAYER_LIMIT", text), USUAL.ratio, USUAL.entries);
  }

  Limits of(long compressed) {
    return new Limits(
        Math.max(bytes, Math.min(compressed, Long.MAX_VALUE / ratio) * ratio), entries);
  }
}
