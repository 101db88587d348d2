package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Arch;
import dev.davit.linux.Kernel;
import dev.davit.runtime.Capability;
import dev.davit.runtime.SeccompProfile;
import dev.davit.runtime.SeccompProfile.Comparison;
import dev.davit.runtime.SeccompProfile.Operator;
import dev.davit.runtime.SeccompProfile.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads filters of system calls in docker's format (seccomp.json).
final class SeccompProfiles {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LIMIT = 1024 * 1024;
  private static final int EPERM = 1;
  private static final int ARGUMENTS = 6;

  private SeccompProfiles() {}

  /// `config` with the text of its profile in place of the profile's path.
  static ContainerConfig read(ContainerConfig config) {
    Optional<String> profile = config.security().seccompProfile();
    if (profile.filter(path -> path.startsWith("/")).isEmpty()) {
      return config;
    }
    String text = read(Path.of(profile.get()));
    try {
      var _ = parse(text);
    } catch (DavitException e) {
      throw new DavitException(
          Kind.INVALID, "\"%s\": %s".formatted(profile.get(), e.getMessage()), null, e);
    }
    return config.withSecurity(config.security().withSeccompProfile(Optional.of(text)));
  }

  private static String read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LIMIT) {
        throw new DavitException(
            Kind.NOT_FOUND,
            "seccomp profile \"%s\" is not there, or no file with less than 1 MiB".formatted(file),
            "name a file in docker's format; its path is relative to the project directory");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new DavitException(
          Kind.INVALID, "seccomp profile \"%s\" cannot be read".formatted(file), null, e);
    }
  }

  /// The profile that `text` is; INVALID where it is none.
  static SeccompProfile parse(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      int errno = root.path("defaultErrnoRet").asInt(EPERM);
      int otherwise = action(root.path("defaultAction").asString(""), errno);
      var rules = new ArrayList<Rule>();
      for (JsonNode rule : root.path("syscalls")) {
        if (isForMachine(rule)) {
          rules.add(rule(rule, errno));
        }
      }
      return new SeccompProfile(otherwise, rules);
    } catch (JacksonException e) {
      throw invalid("no JSON: " + e.getOriginalMessage());
    }
  }

  private static Rule rule(JsonNode rule, int errno) {
    var names = new HashSet<>(texts(rule.path("names")));
    String name = rule.path("name").asString("");
    if (!name.isEmpty()) {
      names.add(name);
    }
    if (names.isEmpty()) {
      throw invalid("a rule below \"syscalls\" has no names");
    }
    var comparisons = new ArrayList<Comparison>();
    for (JsonNode argument : rule.path("args")) {
      comparisons.add(comparison(argument));
    }
    return new Rule(
        names,
        action(rule.path("action").asString(""), rule.path("errnoRet").asInt(errno)),
        comparisons,
        capabilities(rule.path("includes").path("caps")),
        capabilities(rule.path("excludes").path("caps")));
  }

  private static Comparison comparison(JsonNode argument) {
    int index = argument.path("index").asInt(-1);
    if (index < 0 || index >= ARGUMENTS) {
      throw invalid("index \"%s\" of an argument".formatted(argument.path("index").asString("")));
    }
    return new Comparison(
        index,
        operator(argument.path("op").asString("")),
        number(argument.path("value")),
        number(argument.path("valueTwo")));
  }

  // Values go up to 2^64-1.
  private static long number(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? 0 : node.bigIntegerValue().longValue();
  }

  private static Operator operator(String word) {
    return switch (word) {
      case "SCMP_CMP_EQ" -> Operator.EQUAL;
      case "SCMP_CMP_NE" -> Operator.NOT_EQUAL;
      case "SCMP_CMP_LT" -> Operator.LESS;
      case "SCMP_CMP_LE" -> Operator.LESS_OR_EQUAL;
      case "SCMP_CMP_GT" -> Operator.GREATER;
      case "SCMP_CMP_GE" -> Operator.GREATER_OR_EQUAL;
      case "SCMP_CMP_MASKED_EQ" -> Operator.MASKED_EQUAL;
      default -> throw invalid("operator \"" + word + "\"");
    };
  }

  // seccomp(2): the action is in the upper half, its data in the lower.
  private static int action(String word, int errno) {
    return switch (word) {
      case "SCMP_ACT_ALLOW" -> 0x7fff0000;
      case "SCMP_ACT_LOG" -> 0x7ffc0000;
      case "SCMP_ACT_TRACE" -> 0x7ff00000 | (errno & 0xffff);
      case "SCMP_ACT_ERRNO" -> 0x00050000 | (errno & 0xffff);
      case "SCMP_ACT_TRAP" -> 0x00030000;
      case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD" -> 0;
      case "SCMP_ACT_KILL_PROCESS" -> 0x80000000;
      default -> throw invalid("action \"" + word + "\" is unknown or needs a listener");
    };
  }

  private static Set<Capability> capabilities(JsonNode names) {
    var capabilities = new HashSet<Capability>();
    for (String name : texts(names)) {
      capabilities.add(
          Capability.parse(name).orElseThrow(() -> invalid("capability \"" + name + "\"")));
    }
    return capabilities;
  }

  private static boolean isForMachine(JsonNode rule) {
    Set<String> names =
        switch (Arch.current()) {
          case X86_64 -> Set.of("amd64", "x86_64");
          case AARCH64 -> Set.of("arm64", "aarch64");
        };
    List<String> only = texts(rule.path("includes").path("arches"));
    List<String> never = texts(rule.path("excludes").path("arches"));
    String kernel = rule.path("includes").path("minKernel").asString("");
    return (only.isEmpty() || only.stream().anyMatch(names::contains))
        && never.stream().noneMatch(names::contains)
        && (kernel.isEmpty() || hasKernel(kernel));
  }

  private static boolean hasKernel(String version) {
    String[] parts = version.split("[.]", -1);
    try {
      int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
      return Kernel.isAtLeast(Integer.parseInt(parts[0]), minor);
    } catch (NumberFormatException e) {
      throw invalid("minKernel \"" + version + "\"");
    }
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    for (JsonNode text : list) {
      texts.add(text.asString(""));
    }
    return texts;
  }

  private static DavitException invalid(String what) {
    return new DavitException(
        Kind.INVALID, "seccomp profile: " + what, "write it in docker's format (seccomp.json)");
  }
}
