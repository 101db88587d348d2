package dev.davit.engine;

import dev.davit.cgroup.Cgroups;
import dev.davit.linux.Sysctl;
import dev.davit.runtime.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much a machine has of what its containers share. [Long#MAX_VALUE] is without limit.
///
/// @param processes that it can have at a time, threads included: the least of what the kernel says
///   in proc(5) `pid_max` and `threads-max` and whoever runs this machine as a container
/// @param countsProcesses whether its cgroups can limit them
/// @param openFiles that one process may have: `fs.nr_open`
/// @param raisable hard limits of the engine itself by their names in lower case, beyond which it
///   cannot raise those of a container; none where it has CAP_SYS_RESOURCE
public record HostFacts(
    long processes, boolean countsProcesses, long openFiles, Map<String, Long> raisable) {
  // As proc_pid_limits(5) has them: the name, then the soft and the hard limit.
  private static final Map<String, Pattern> ROWS =
      Map.of(
          "nofile", row("Max open files"),
          "memlock", row("Max locked memory"),
          "nproc", row("Max processes"));

  public HostFacts {
    raisable = Map.copyOf(raisable);
  }

  /// Asks the kernel.
  public static HostFacts read(Cgroups cgroups) {
    long kernel = Math.min(Sysctl.number("kernel/pid_max"), Sysctl.number("kernel/threads-max"));
    return new HostFacts(
        Math.min(kernel, cgroups.processLimit()),
        cgroups.countsProcesses(),
        Sysctl.number("fs/nr_open"),
        Capability.held().contains(Capability.SYS_RESOURCE) ? Map.of() : hardLimits(limits()));
  }

  private static Pattern row(String name) {
    return Pattern.compile("^" + name + " +\\S+ +(\\S+)", Pattern.MULTILINE);
  }

  /// The hard limits in `limits`, the text of /proc/self/limits.
  static Map<String, Long> hardLimits(String limits) {
    var hard = new HashMap<String, Long>();
    ROWS.forEach(
        (name, row) -> {
          Matcher found = row.matcher(limits);
          if (found.find()) {
            String text = found.group(1);
            hard.put(name, text.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(text));
          }
        });
    return hard;
  }

  private static String limits() {
    try {
      return Files.readString(Path.of("/proc/self/limits"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
