package dev.davit.content;

import dev.davit.archive.LayerUnpacking.Limits;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a layer may unpack to: beyond that it is taken for a bomb.
///
/// @param bytes any layer may have
/// @param ratio of its compressed size that a larger one may have
/// @param entries files, directories and links
public record LayerLimit(long bytes, int ratio, long entries) {
  /// Gzip makes a thousandth of zeros; of programs and texts a third, of logs a twentieth.
  public static final LayerLimit USUAL = new LayerLimit(2L << 30, 100, 2_000_000);

  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,9})([kmgt]?)b?", Pattern.CASE_INSENSITIVE);

  /// The usual limit, but with `text` for the size of any layer, such as `20g`; empty for the
  /// usual.
  public static LayerLimit parse(String text) {
    if (text.isEmpty()) {
      return USUAL;
    }
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new DavitException(
          Kind.INVALID,
          "invalid size \"%s\" in DAVIT_LAYER_LIMIT".formatted(text),
          "write a number with k, m, g or t behind it, such as 20g");
    }
    String unit = size.group(2).toLowerCase(Locale.ROOT);
    int shift = unit.isEmpty() ? 0 : 10 + 10 * "kmgt".indexOf(unit);
    return new LayerLimit(Long.parseLong(size.group(1)) << shift, USUAL.ratio, USUAL.entries);
  }

  Limits of(long compressed) {
    return new Limits(
        Math.max(bytes, Math.min(compressed, Long.MAX_VALUE / ratio) * ratio), entries);
  }
}
