package dev.davit.compose.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `security_opt`: items `NAME=VALUE` or `NAME:VALUE`. As with docker the last one of a name
/// counts, but each label adds to those before it.
final class SecurityOptions {
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> labels = new HashMap<>();

  SecurityOptions(List<String> items) {
    for (String item : items) {
      String[] option = item.split("[:=]", 2);
      String value = option.length == 2 ? option[1] : "";
      if (option[0].equals("label")) {
        String[] label = value.split(":", 2);
        labels.put(label[0], label.length == 2 ? label[1] : "");
      } else {
        values.put(option[0], value);
      }
    }
  }

  boolean noNewPrivileges() {
    return value("no-new-privileges").filter(it -> it.isEmpty() || it.equals("true")).isPresent();
  }

  boolean seccomp() {
    return value("seccomp").filter("unconfined"::equals).isEmpty();
  }

  Optional<String> seccompProfile() {
    return value("seccomp").filter(it -> !it.matches("unconfined|builtin"));
  }

  Optional<String> apparmorProfile() {
    return value("apparmor").filter(it -> !it.equals("unconfined"));
  }

  /// Parts of an SELinux context; none where labels are disabled, whatever else is said.
  Map<String, String> selinuxLabels() {
    return labels.containsKey("disable") ? Map.of() : labels;
  }

  boolean openSystemPaths() {
    return value("systempaths").filter("unconfined"::equals).isPresent();
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
