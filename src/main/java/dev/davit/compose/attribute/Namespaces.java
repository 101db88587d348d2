package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.checked;

import dev.davit.compose.text.MalformedException;
import dev.davit.error.Code;

/// The attributes that say whose namespace a container lives in.
final class Namespaces {
  static final Form IPC =
      checked("a namespace", it -> check("ipc namespace", it, "none, host, private, shareable"));

  static final Form PID = checked("a namespace", it -> check("pid namespace", it, "host"));

  static final Form UTS = checked("a namespace", it -> check("UTS namespace", it, "host"));

  /// Words of its own, and the name of a network outside of the project.
  static final Form NETWORK = STRING;

  private Namespaces() {}

  private static void check(String what, String text, String words) {
    boolean known = text.matches("|" + words.replace(", ", "|") + "|(service|container):.+");
    if (!known) {
      String help = "write " + words + ", service:NAME or container:NAME";
      throw MalformedException.invalid(Code.INVALID_NAMESPACE, what, text, help);
    }
  }
}
