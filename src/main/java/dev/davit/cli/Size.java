package dev.davit.cli;

/// A terminal's size in characters.
public record Size(int columns, int rows) {
  /// What programs assume where nobody tells.
  public static final Size USUAL = new Size(80, 24);
}
