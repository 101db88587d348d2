package dev.davit.error;

/// A source line as a terminal shows it, and what is written below it.
///
/// @param line without control characters; of a long line the part around the place
/// @param carets spaces, then `^` below each column of what stands at the place
record Excerpt(String line, String carets) {
  private static final int MAX_WIDTH = 120;
  private static final int LEAD = 40;
  private static final String GAP = "...";

  /// What is further away in its line is not looked at.
  private static final int FAR = 1000;

  static Excerpt of(String source, Place place) {
    int length = Columns.of(source);
    int column = Math.clamp(place.column() - 1L, 0, length);
    int first = Math.max(0, column - FAR);
    int last = Math.min(length, column + FAR);
    int[] text = part(source, first, last);
    int start = column - first;
    int end = Math.clamp(end(place, length) - (long) first, 0, text.length);
    boolean cut = first > 0 || width(text, 0, end) > MAX_WIDTH;
    int from = cut ? backwards(text, start, LEAD) : 0;
    int to = forwards(text, from, MAX_WIDTH);
    String before = first + from == 0 ? "" : GAP;
    String after = first + to == length ? "" : GAP;
    int indent = before.length() + width(text, from, start);
    return new Excerpt(
        before + shown(text, from, to) + after,
        " ".repeat(indent) + "^".repeat(Math.max(1, width(text, start, Math.min(end, to)))));
  }

  private static int[] part(String source, int first, int last) {
    int from = Columns.offset(source, first + 1);
    return source.substring(from, Columns.offset(source, last + 1)).codePoints().toArray();
  }

  private static int end(Place place, int length) {
    return Math.max(0, Math.min(place.endColumn() - 1, length));
  }

  /// The first code point of those before `at` that together are not wider than `width`.
  private static int backwards(int[] text, int at, int width) {
    int first = at;
    for (int room = width; first > 0 && room >= Glyph.of(text[first - 1]).width(); first--) {
      room -= Glyph.of(text[first - 1]).width();
    }
    return first;
  }

  private static int forwards(int[] text, int at, int width) {
    int end = at;
    for (int room = width; end < text.length && room >= Glyph.of(text[end]).width(); end++) {
      room -= Glyph.of(text[end]).width();
    }
    return end;
  }

  private static int width(int[] text, int from, int to) {
    int width = 0;
    for (int i = from; i < to; i++) {
      width += Glyph.of(text[i]).width();
    }
    return width;
  }

  private static String shown(int[] text, int from, int to) {
    var out = new StringBuilder();
    for (int i = from; i < to; i++) {
      out.append(Glyph.of(text[i]).text());
    }
    return out.toString();
  }
}
