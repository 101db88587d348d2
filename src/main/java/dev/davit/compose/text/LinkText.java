package dev.davit.compose.text;

import dev.davit.error.Code;

/// A link in its only syntax: `NAME[:ALIAS]`.
public record LinkText(String name, String alias) {

  public static LinkText parse(String text) {
    String[] parts = text.split(":", -1);
    String name = parts[0];
    String alias = parts.length == 1 ? name : parts[1];
    if (parts.length > 2 || name.isBlank() || alias.isBlank()) {
      throw MalformedException.invalid(Code.INVALID_LINK, "link", text, "write NAME[:ALIAS]");
    }
    return new LinkText(name, alias);
  }
}
