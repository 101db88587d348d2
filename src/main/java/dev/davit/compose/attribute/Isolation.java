package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.NOTHING;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.word;
import static dev.davit.compose.attribute.KeyValues.LABELS;

import dev.davit.compose.text.KernelNames;
import java.util.List;

/// What keeps a container apart from the machine and from others.
final class Isolation {
  private static final String SECURITY_OPTIONS =
      "no-new-privileges([:=](true|false))?|seccomp[:=].+|systempaths[:=]unconfined"
          + "|apparmor[:=].+|label[:=](disable|(user|role|type|level):.+)";

  private static final Form CAPABILITIES =
      listOf(checked("a capability", KernelNames::capability)).unique();

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("cap_add", CAPABILITIES),
          attribute("cap_drop", CAPABILITIES),
          attribute("cgroup", word("cgroup namespace", "host", "private")),
          attribute("ipc", Namespaces.IPC),
          attribute("pid", either(Namespaces.PID, NOTHING)),
          attribute("privileged", FLAG),
          attribute("read_only", FLAG),
          attribute(
              "security_opt",
              listOf(
                  STRING.notYet(
                      "security option",
                      it -> !it.matches(SECURITY_OPTIONS),
                      "the container is without it"))),
          attribute("sysctls", LABELS),
          attribute("uts", Namespaces.UTS));

  private Isolation() {}
}
