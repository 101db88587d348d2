package dev.davit.engine;

import dev.davit.runtime.ExecAttribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The security modules that this machine's kernel runs with.
///
/// @param apparmor the file that takes a process's next profile, if there is AppArmor
/// @param selinux the context that the policy has for containers, if there is SELinux and it has
///   one
record SecurityModules(Optional<String> apparmor, Optional<String> selinux) {
  private static final String EXEC = "/proc/self/attr/exec";

  // Both are settled when the machine starts.
  private static final SecurityModules FOUND = new SecurityModules(findApparmor(), findSelinux());
  private static final List<String> PARTS = List.of("user", "role", "type", "level");

  /// Those of this machine.
  static SecurityModules found() {
    return FOUND;
  }

  /// What a container's processes tell the modules that are there.
  List<ExecAttribute> attributes(LsmConfig wanted) {
    var attributes = new ArrayList<ExecAttribute>();
    apparmor.ifPresent(
        file ->
            wanted
                .apparmor()
                .ifPresent(profile -> attributes.add(new ExecAttribute(file, "exec " + profile))));
    selinux
        .filter(_ -> !wanted.selinux().isEmpty())
        .ifPresent(usual -> attributes.add(new ExecAttribute(EXEC, context(usual, wanted))));
    return attributes;
  }

  /// What of `wanted` is without effect, each as a sentence.
  List<String> lacks(LsmConfig wanted) {
    var lacks = new ArrayList<String>();
    wanted
        .apparmor()
        .filter(_ -> apparmor.isEmpty())
        .ifPresent(
            profile ->
                lacks.add(
                    "it is without AppArmor profile \"%s\": this kernel runs without AppArmor"
                        .formatted(profile)));
    if (!wanted.selinux().isEmpty() && selinux.isEmpty()) {
      lacks.add(
          "it is without its SELinux labels: this machine runs without SELinux,"
              + " or its policy has no context for containers");
    }
    return lacks;
  }

  // selinux(8): user:role:type:level, of which the level may have colons and may be missing.
  private static String context(String usual, LsmConfig wanted) {
    var parts = new ArrayList<>(List.of(usual.split(":", PARTS.size())));
    for (int i = 0; i < PARTS.size(); i++) {
      String part = wanted.selinux().get(PARTS.get(i));
      if (part != null && i < parts.size()) {
        parts.set(i, part);
      } else if (part != null) {
        parts.add(part);
      }
    }
    return String.join(":", parts);
  }

  private static Optional<String> findApparmor() {
    Path enabled = Path.of("/sys/module/apparmor/parameters/enabled");
    if (lines(enabled).noneMatch("Y"::equals)) {
      return Optional.empty();
    }
    // Its own since Linux 5.8.
    String own = "/proc/self/attr/apparmor/exec";
    return Optional.of(Files.exists(Path.of(own)) ? own : EXEC);
  }

  private static Optional<String> findSelinux() {
    if (!Files.exists(Path.of("/sys/fs/selinux/enforce"))) {
      return Optional.empty();
    }
    return setting(Path.of("/etc/selinux/config"), "SELINUXTYPE").stream()
        .map(type -> Path.of("/etc/selinux", type, "contexts/lxc_contexts"))
        .flatMap(file -> setting(file, "process").stream())
        .findFirst();
  }

  /// The value of `name` in a file with lines `NAME = "VALUE"`.
  static Optional<String> setting(Path file, String name) {
    return lines(file)
        .filter(line -> line.matches(name + "\\s*=.*"))
        .map(line -> line.substring(line.indexOf('=') + 1).strip().replace("\"", ""))
        .findFirst();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().map(String::strip);
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
