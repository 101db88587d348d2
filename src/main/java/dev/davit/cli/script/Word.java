package dev.davit.cli.script;

/// A word of a script without its quotes.
///
/// @param line where it begins, counted from 1
/// @param column of its first character, quotes included, in code points
/// @param endColumn behind its last character, or behind its line where it has several
public record Word(String text, int line, int column, int endColumn) {}
