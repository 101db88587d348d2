package dev.davit.engine;

import dev.davit.cgroup.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The verbs of [Statistics], from the cgroup and /proc.
final class StatisticsVerbs implements Statistics {
  private static final Path PROC = Path.of("/proc");
  // proc(5): USER_HZ, which is 100 wherever Linux runs
  private static final long TICK_NANOS = 10_000_000;
  private static final int PAGE = 4096;
  private static final Pattern STATUS_UID = Pattern.compile("^Uid:\\s+(\\d+)", Pattern.MULTILINE);

  private final Lives lives;
  private final Stocks stocks;

  StatisticsVerbs(Means means) {
    this.lives = means.lives();
    this.stocks = new Stocks(means);
  }

  @Override
  public List<Stock> machine() {
    return stocks.read();
  }

  @Override
  public Optional<Holding> most(Stock.Kind kind) {
    return stocks.most(kind);
  }

  @Override
  public List<Holding> full() {
    return stocks.full();
  }

  @Override
  public Sample sample(String container) {
    Life life = lives.get(container);
    return life.task().map(task -> sample(life, task)).orElse(Sample.NONE);
  }

  private static Sample sample(Life life, Task task) {
    Usage usage = task.cgroup().usage();
    long[] traffic = traffic(life, task);
    long machine = machineMemory();
    return new Sample(
        System.nanoTime(),
        usage.cpuNanos(),
        Math.max(0, usage.memory() - usage.reclaimable()),
        Math.min(machine, usage.memoryLimit() <= 0 ? machine : usage.memoryLimit()),
        traffic[0],
        traffic[1],
        usage.bytesRead(),
        usage.bytesWritten(),
        usage.pids());
  }

  // Of the host's own interfaces nothing is the container's.
  private static long[] traffic(Life life, Task task) {
    long[] sum = new long[2];
    if (life.config().network().mode() == Networking.Mode.HOST) {
      return sum;
    }
    String devices = text(PROC.resolve(task.pid() + "/net/dev")).orElse("");
    for (String line : devices.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && !line.substring(0, colon).strip().equals("lo")) {
        String[] counts = line.substring(colon + 1).strip().split("\\s+", -1);
        sum[0] += Long.parseLong(counts[0]);
        sum[1] += Long.parseLong(counts[8]);
      }
    }
    return sum;
  }

  private static long machineMemory() {
    Matcher total =
        Pattern.compile("MemTotal:\\s+(\\d+) kB").matcher(text(PROC.resolve("meminfo")).orElse(""));
    return total.find() ? Long.parseLong(total.group(1)) * 1024 : Long.MAX_VALUE;
  }

  @Override
  public List<ProcessState> processes(String container) {
    Task task = lives.get(container).running();
    double uptime = Double.parseDouble(text(PROC.resolve("uptime")).orElse("0 0").split(" ", 2)[0]);
    return task.cgroup().pids().stream()
        .map(pid -> process(pid, uptime))
        .flatMap(Optional::stream)
        .sorted(
            Comparator.comparing(ProcessState::age).reversed().thenComparingInt(ProcessState::pid))
        .toList();
  }

  // Empty for one that has ended meanwhile.
  private static Optional<ProcessState> process(int pid, double uptime) {
    Path directory = PROC.resolve(Integer.toString(pid));
    Optional<String> stat = text(directory.resolve("stat"));
    Optional<String> status = text(directory.resolve("status"));
    if (stat.isEmpty() || status.isEmpty()) {
      return Optional.empty();
    }
    // proc(5): the name in parentheses may have anything in it
    int open = stat.get().indexOf('(');
    int close = stat.get().lastIndexOf(')');
    String name = stat.get().substring(open + 1, close);
    String[] fields = stat.get().substring(close + 2).split(" ", -1);
    Matcher uid = STATUS_UID.matcher(status.get());
    int user = uid.find() ? Integer.parseUnsignedInt(uid.group(1)) : 0;
    Duration started = ticks(fields[19]);
    String line = text(directory.resolve("cmdline")).orElse("").replace('\0', ' ').strip();
    return Optional.of(
        new ProcessState(
            userName(user),
            user,
            pid,
            Integer.parseInt(fields[1]),
            Duration.ofNanos((long) (uptime * 1e9)).minus(started),
            ticks(fields[11]).plus(ticks(fields[12])),
            terminal(Integer.parseInt(fields[4])),
            fields[0],
            Long.parseLong(fields[21]) * PAGE,
            name,
            line.isEmpty() ? "[" + name + "]" : line));
  }

  private static Duration ticks(String field) {
    return Duration.ofNanos(Long.parseLong(field) * TICK_NANOS);
  }

  // The kernel's new_encode_dev; majors 136 to 143 are pseudoterminals.
  private static String terminal(int device) {
    int major = (device >> 8) & 0xfff;
    int minor = (device & 0xff) | ((device >> 12) & 0xfff00);
    if (major >= 136 && major <= 143) {
      return "pts/" + ((major - 136) * 256 + minor);
    }
    return major == 4 ? "tty" + minor : "?";
  }

  private static String userName(int uid) {
    return text(Path.of("/etc/passwd")).stream()
        .flatMap(String::lines)
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > 2 && fields[2].equals(Integer.toString(uid)))
        .map(fields -> fields[0])
        .findFirst()
        .orElse(Integer.toString(uid));
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      // ESRCH: the process has ended between open(2) and read(2)
      if (Objects.toString(e.getMessage(), "").contains("No such process")) {
        return Optional.empty();
      }
      throw new UncheckedIOException(e);
    }
  }
}
