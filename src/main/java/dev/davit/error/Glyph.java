package dev.davit.error;

/// One code point as a terminal shows it: harmless, and as many columns wide as it says.
record Glyph(String text, int width) {
  private static final Glyph TAB = new Glyph("    ", 4);
  private static final Glyph HIDDEN = new Glyph("\uFFFD", 1);
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /// East Asian wide and full-width blocks, each with its last code point (UAX #11).
  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0xA4CF},
    {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE10, 0xFE19},
    {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x20000, 0x3FFFD},
  };

  static Glyph of(int codePoint) {
    if (codePoint == '\t') {
      return TAB;
    }
    if (codePoint < ' ') {
      return new Glyph(Character.toString(0x2400 + codePoint), 1); // control pictures
    }
    if (codePoint < 0x7F) {
      return new Glyph(Character.toString(codePoint), 1);
    }
    boolean joiner = codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER;
    return switch (Character.getType(codePoint)) {
      // Direction marks could make a line look like another; what is invisible may be the mistake.
      case Character.FORMAT -> joiner ? new Glyph(Character.toString(codePoint), 0) : HIDDEN;
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          HIDDEN;
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK ->
          new Glyph(Character.toString(codePoint), 0);
      default -> new Glyph(Character.toString(codePoint), isWide(codePoint) ? 2 : 1);
    };
  }

  /// A text of which nothing can move the cursor or hide anything.
  static String harmless(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints().forEach(codePoint -> out.append(of(codePoint).text()));
    return out.toString();
  }

  private static boolean isWide(int codePoint) {
    for (int[] block : WIDE) {
      if (codePoint >= block[0] && codePoint <= block[1]) {
        return true;
      }
    }
    return Character.isEmojiPresentation(codePoint);
  }
}
