package dev.davit.engine;

import dev.davit.engine.ContainerConfig.Ulimit;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How an engine shares its machine out among containers that do not say what they want, and what
/// it keeps back for the machine and itself. Computed once, when the engine starts.
///
/// @param each what a container may have
/// @param pidsTogether processes and threads of all containers, -1 without limit
public record DefaultLimits(Allowance each, long pidsTogether) {
  /// Settings of the engine: a number, a share of the machine such as `15%`, or -1 or 0 for none.
  public static final String PIDS_LIMIT = "DAVIT_PIDS_LIMIT";

  /// As [#PIDS_LIMIT], but for all containers together.
  public static final String PIDS_TOTAL = "DAVIT_PIDS_TOTAL";

  /// Setting of the engine: open files of a process, `soft:hard` or one number for both.
  public static final String OPEN_FILES = "DAVIT_NOFILE_LIMIT";

  /// Nothing is limited.
  public static final DefaultLimits NONE = new DefaultLimits(Allowance.NONE, -1);

  // systemd's DefaultTasksMax: room for large programs, and six of them do not fill a machine.
  private static final String USUAL_SHARE = "15%";
  // What is left is for the machine: 6,500 of 32,768 processes.
  private static final String USUAL_TOTAL = "80%";
  // As containerd's unit and systemd have it: select(2) knows 1024 only, who wants more asks.
  private static final Ulimit USUAL_FILES = new Ulimit(1024, 524_288);
  // Kernel and systemd: 8 MiB.
  private static final Ulimit LOCKED = new Ulimit(8 << 20, 8 << 20);
  // It counts a user's processes of the whole machine, which is no container's business.
  private static final Ulimit PROCESSES_OF_USER = new Ulimit(-1, -1);

  // Less runs no shell with a pipe, of whatever machine it is a share.
  private static final long LEAST_SHARE = 100;
  private static final Pattern AMOUNT = Pattern.compile("(-1|\\d{1,9})(%?)");
  private static final Pattern FILES = Pattern.compile("(\\d{1,9})(?::(\\d{1,9}))?");

  /// @param settings of the engine, by their names; others than those above mean nothing here
  public static DefaultLimits of(HostFacts host, Map<String, String> settings) {
    long each = amount(PIDS_LIMIT, setting(settings, PIDS_LIMIT, USUAL_SHARE), host.processes());
    long all = amount(PIDS_TOTAL, setting(settings, PIDS_TOTAL, USUAL_TOTAL), host.processes());
    String files = setting(settings, OPEN_FILES, USUAL_FILES.soft() + ":" + USUAL_FILES.hard());
    Map<String, Ulimit> ulimits =
        Map.of(
            "nofile", within("nofile", atMost(files(files), host.openFiles()), host),
            "memlock", within("memlock", LOCKED, host),
            "nproc", within("nproc", PROCESSES_OF_USER, host));
    boolean counted = host.countsProcesses();
    return new DefaultLimits(new Allowance(counted ? each : -1, ulimits), counted ? all : -1);
  }

  /// Refuses a setting that [#of] would refuse; INVALID.
  public static void check(String name, String text) {
    switch (name) {
      case PIDS_LIMIT, PIDS_TOTAL -> amount(name, text, Long.MAX_VALUE);
      case OPEN_FILES -> files(text);
      default -> throw new IllegalArgumentException(name);
    }
  }

  private static String setting(Map<String, String> settings, String name, String usual) {
    String text = settings.getOrDefault(name, "");
    return text.isEmpty() ? usual : text;
  }

  private static long amount(String name, String text, long all) {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches() || text.equals("-1%") || text.matches("\\d{4,}%")) {
      throw new DavitException(
          Kind.INVALID,
          "invalid limit \"%s\" in %s".formatted(text, name),
          "write a number of processes, a share such as 15%, or -1 for no limit");
    }
    long number = Long.parseLong(amount.group(1));
    if (number <= 0) {
      return -1;
    }
    return amount.group(2).isEmpty() ? number : Math.max(LEAST_SHARE, all / 100 * number);
  }

  private static Ulimit files(String text) {
    Matcher files = FILES.matcher(text);
    if (files.matches()) {
      long soft = Long.parseLong(files.group(1));
      long hard = files.group(2) == null ? soft : Long.parseLong(files.group(2));
      if (soft > 0 && soft <= hard) {
        return new Ulimit(soft, hard);
      }
    }
    throw new DavitException(
        Kind.INVALID,
        "invalid limit \"%s\" in %s".formatted(text, OPEN_FILES),
        "write two numbers of files, soft:hard, such as 1024:524288");
  }

  private static Ulimit within(String name, Ulimit wanted, HostFacts host) {
    return atMost(wanted, host.raisable().getOrDefault(name, Long.MAX_VALUE));
  }

  private static Ulimit atMost(Ulimit wanted, long most) {
    return new Ulimit(least(wanted.soft(), most), least(wanted.hard(), most));
  }

  // -1 is unlimited.
  private static long least(long wanted, long most) {
    if (most == Long.MAX_VALUE) {
      return wanted;
    }
    return wanted < 0 ? most : Math.min(wanted, most);
  }
}
