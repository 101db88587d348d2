package dev.davit.selftest;

import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerConfig.Security;
import dev.davit.linux.Open;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Which privileges a container's process has, as proc_pid_status(5) tells: those that docker
/// gives, whatever the engine's own are.
final class PrivilegeChecks {
  // capabilities(7), the numbers of docker's fourteen as bits.
  private static final long USUAL = 0xa80425fbL;
  private static final long NET_ADMIN = 1L << 12;
  private static final String MEANING =
      "A container has rights on this machine that it must not have.";

  private PrivilegeChecks() {}

  static List<Check> all() {
    return List.of(
        check("as they are", config -> config, capabilities(USUAL, USUAL), 0, true),
        check(
            "with cap_add and cap_drop",
            security(it -> it.withCapabilities(List.of("NET_ADMIN"), List.of("MKNOD"))),
            capabilities((USUAL | NET_ADMIN) & ~(1L << 27), (USUAL | NET_ADMIN) & ~(1L << 27)),
            0,
            true),
        check(
            "with cap_drop: ALL",
            security(it -> it.withCapabilities(List.of(), List.of("ALL"))),
            capabilities(0, 0),
            0,
            true),
        check(
            "of another user",
            config -> config.withCommand(config.command().withUser("1000:1000")),
            capabilities(0, USUAL),
            0,
            true),
        check(
            "with no-new-privileges",
            security(it -> it.withNoNewPrivileges(true)),
            capabilities(USUAL, USUAL),
            1,
            true),
        check(
            "with privileged: no more than the engine's",
            security(it -> it.withPrivileged(true)),
            capabilities(-1, -1),
            0,
            false));
  }

  private static UnaryOperator<ContainerConfig> security(UnaryOperator<Security> change) {
    return config -> config.withSecurity(change.apply(config.security()));
  }

  // No more than the engine has can be given.
  private static Map<String, Long> capabilities(long effective, long bounding) {
    return Map.of(
        "CapInh", 0L, "CapPrm", effective, "CapEff", effective, "CapBnd", bounding, "CapAmb", 0L);
  }

  private static Check check(
      String how,
      UnaryOperator<ContainerConfig> setting,
      Map<String, Long> capabilities,
      int noNewPrivileges,
      boolean filtered) {
    var probe = new Probe();
    probe.open("/proc/self/status", Open.RDONLY);
    int status = probe.read(4096);
    return Check.inside(
        "capabilities and seccomp " + how,
        MEANING,
        setting,
        probe,
        seen ->
            Verdict.of(
                wrong(seen.text(status), capabilities, held(), noNewPrivileges, filtered ? 2 : 0)));
  }

  private static long held() {
    try {
      String status = Files.readString(Path.of("/proc/self/status"));
      return Long.parseUnsignedLong(field(status, "CapPrm"), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What of `status` is not as it ought to be.
  ///
  /// @param held the engine's own
  /// @param seccomp 2 with a filter
  static List<String> wrong(
      String status, Map<String, Long> capabilities, long held, int noNewPrivileges, int seccomp) {
    var wanted = new TreeMap<String, String>();
    capabilities.forEach((set, bits) -> wanted.put(set, "%016x".formatted(bits & held)));
    wanted.put("NoNewPrivs", Integer.toString(noNewPrivileges));
    wanted.put("Seccomp", Integer.toString(seccomp));
    var wrong = new ArrayList<String>();
    wanted.forEach(
        (name, value) -> {
          String is = field(status, name);
          if (!is.equals(value)) {
            wrong.add("%s is %s instead of %s".formatted(name, is, value));
          }
        });
    return wrong;
  }

  private static String field(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("missing");
  }
}
