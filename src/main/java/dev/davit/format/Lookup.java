package dev.davit.format;

/// A field of a row that takes an argument: `{{.Label "key"}}`.
@FunctionalInterface
public interface Lookup {
  String of(String key);
}
