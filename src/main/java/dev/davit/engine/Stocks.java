package dev.davit.engine;

import dev.davit.engine.Stock.Kind;
import dev.davit.linux.FileSystemUse;
import dev.davit.linux.Sysctl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Counts what the machine has, and which container holds most of it.
final class Stocks {
  private final Means means;

  Stocks(Means means) {
    this.means = means;
  }

  List<Stock> read() {
    var stocks = new ArrayList<Stock>();
    HostFacts host = HostFacts.read(means.cgroups());
    stocks.add(new Stock(Kind.PROCESSES, threads(), host.processes()));
    long together = means.limits().pidsTogether();
    if (together > 0) {
      long used = means.cgroups().open(Means.COMMON_PARENT).usage().pids();
      stocks.add(new Stock(Kind.CONTAINER_PROCESSES, used, together));
    }
    String[] files = Sysctl.read("fs/file-nr").split("\\s+", -1);
    stocks.add(new Stock(Kind.OPEN_FILES, Long.parseLong(files[0]), Long.parseLong(files[2])));
    Map<String, Long> own = HostFacts.hardLimits(text(Path.of("/proc/self/limits")));
    stocks.add(new Stock(Kind.ENGINE_FILES, openFiles("self"), own.getOrDefault("nofile", 0L)));
    stocks.add(memory(text(Path.of("/proc/meminfo"))));
    stocks.addAll(disk(FileSystemUse.of(means.directories().root().toString())));
    return stocks;
  }

  // proc_loadavg(5): running/all of the tasks that the kernel knows.
  private static long threads() {
    String tasks = text(Path.of("/proc/loadavg")).split(" ", -1)[3];
    return Long.parseLong(tasks.substring(tasks.indexOf('/') + 1));
  }

  static Stock memory(String meminfo) {
    long all = kibibytes("MemTotal", meminfo);
    return new Stock(Kind.MEMORY, all - kibibytes("MemAvailable", meminfo), all);
  }

  private static long kibibytes(String name, String meminfo) {
    Matcher row = Pattern.compile("^" + name + ": +(\\d+)", Pattern.MULTILINE).matcher(meminfo);
    return row.find() ? Long.parseLong(row.group(1)) * 1024 : 0;
  }

  static List<Stock> disk(FileSystemUse use) {
    return List.of(
        new Stock(Kind.DISK, use.size() - use.free(), use.size()),
        new Stock(
            Kind.INODES,
            use.files() - use.freeFiles(),
            use.files() == 0 ? Long.MAX_VALUE : use.files()));
  }

  /// The container that holds most of `kind`; empty where none holds any.
  Optional<Statistics.Holding> most(Kind kind) {
    return means.lives().all().stream()
        .map(life -> new Statistics.Holding(life.name(), held(life, kind)))
        .filter(holding -> holding.amount() > 0)
        .max(Comparator.comparingLong(Statistics.Holding::amount));
  }

  private long held(Life life, Kind kind) {
    return switch (kind) {
      case PROCESSES, CONTAINER_PROCESSES ->
          life.task().map(task -> task.cgroup().usage().pids()).orElse(0L);
      case MEMORY -> life.task().map(task -> task.cgroup().usage().memory()).orElse(0L);
      case OPEN_FILES ->
          life.task().stream()
              .flatMap(task -> task.cgroup().pids().stream())
              .mapToLong(pid -> openFiles(Integer.toString(pid)))
              .sum();
      case ENGINE_FILES -> 0;
      case DISK, INODES -> stored(means.directories().container(life.id()), kind == Kind.INODES);
    };
  }

  // None of a process that has ended meanwhile.
  private static long openFiles(String pid) {
    try (Stream<Path> files = Files.list(Path.of("/proc", pid, "fd"))) {
      return files.count();
    } catch (IOException | UncheckedIOException ended) {
      return 0;
    }
  }

  // The container may write meanwhile; what goes while we look is not counted.
  private static long stored(Path directory, boolean count) {
    long[] sum = {0};
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += count ? 1 : attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      return sum[0];
    }
    return sum[0];
  }

  /// Running containers that have as many processes as they may.
  List<Statistics.Holding> full() {
    return means.lives().all().stream()
        .filter(life -> life.task().isPresent())
        .map(life -> new Statistics.Holding(life.name(), full(life)))
        .filter(holding -> holding.amount() > 0)
        .toList();
  }

  private static long full(Life life) {
    Long limit = life.granted().resources().limits().pids();
    long used = life.task().map(task -> task.cgroup().usage().pids()).orElse(0L);
    return limit != null && limit > 0 && used >= limit - limit / 50 ? limit : 0;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
