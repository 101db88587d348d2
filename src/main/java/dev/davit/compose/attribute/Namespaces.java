package dev.davit.compose.attribute;

import dev.davit.compose.text.MalformedException;
import dev.davit.error.Code;

/// The attributes that say whose namespace a container lives in.
final class Namespaces {
  private Namespaces() {}

  static void network(String text) {
    check("network mode", text, "none|host");
  }

  static void ipc(String text) {
    check("ipc namespace", text, "none|host|private|shareable");
  }

  static void pid(String text) {
    check("pid namespace", text, "host");
  }

  private static void check(String what, String text, String words) {
    if (text.matches(words + "|service:.+")) {
      return;
    }
    if (text.matches("container:.*|bridge|default")) {
      throw Later.value(what, text);
    }
    String help = "write " + words.replace("|", ", ") + " or service:NAME";
    throw MalformedException.invalid(Code.INVALID_NAMESPACE, what, text, help);
  }
}
