package dev.davit.format;

/// Where something stands in a template: offsets, the second behind it.
record Span(int start, int end) {
  Span to(Span other) {
    return new Span(start, other.end);
  }
}
