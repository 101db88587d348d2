package dev.davit.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an engine has left behind in the kernel: mounts, links, cgroups, nf_tables tables,
/// processes. Take [#watch] before the engine starts, [#mark] while its containers run, [#check]
/// when all are gone.
///
/// Other engines may work on this machine at the same time. So what is new counts only if it is
/// known to be this engine's: it names one of its directories, or an id that was seen in them; with
/// `CI=true` nobody else is there, and everything that is new counts.
///
/// As a program, without a class path:
///
///     java Leaks.java snapshot FILE DIRECTORY…      remembers what is there in FILE
///     java Leaks.java mark FILE DIRECTORY…          adds the ids that are in the directories now
///     java Leaks.java check FILE DIRECTORY…         prints what is new; exit status 1 if anything is
public final class Leaks {
  // Engine ids are 64 hex digits; links and file names carry a beginning of them.
  private static final Pattern ID = Pattern.compile("[0-9a-f]{12,64}");
  private static final int LINK_DIGITS = 8;

  private final List<Path> directories;
  private final Set<String> before;
  private final Set<String> ids;

  private Leaks(List<Path> directories, Set<String> before, Set<String> ids) {
    this.directories = directories.stream().map(Path::toAbsolutePath).toList();
    this.before = before;
    this.ids = ids;
  }

  /// Remembers what is there now.
  ///
  /// @param directories of the engine, which need not exist yet
  public static Leaks watch(Path... directories) {
    return new Leaks(List.of(directories), snapshot(), new TreeSet<>());
  }

  /// Remembers the ids of what the engine has now, to recognise it later by name.
  public void mark() {
    for (Path directory : directories) {
      if (Files.isDirectory(directory)) {
        try (var files = Files.walk(directory, 4)) {
          files.forEach(
              file ->
                  ID.matcher(file.getFileName().toString())
                      .results()
                      .forEach(found -> ids.add(found.group())));
        } catch (IOException | UncheckedIOException _) {
          // A container went away under the walk: what is left has been seen.
        }
      }
    }
  }

  /// Throws [AssertionError] with one line for each thing that is left.
  public void check() {
    List<String> left = left();
    if (!left.isEmpty()) {
      throw new AssertionError("left behind:\n  " + String.join("\n  ", left));
    }
  }

  /// What is new since [#watch] and this engine's.
  public List<String> left() {
    boolean alone = "true".equals(System.getenv("CI"));
    return snapshot().stream()
        .filter(thing -> !before.contains(thing))
        .filter(thing -> alone || isOurs(thing))
        .toList();
  }

  private boolean isOurs(String thing) {
    return directories.stream().anyMatch(directory -> thing.contains(directory.toString()))
        || ids.stream().anyMatch(id -> thing.contains(id.substring(0, LINK_DIGITS)));
  }

  private static Set<String> snapshot() {
    var all = new TreeSet<String>();
    links().forEach(all::add);
    mounts().forEach(all::add);
    cgroups().forEach(all::add);
    tables().forEach(all::add);
    processes().forEach(all::add);
    return all;
  }

  private static Stream<String> links() {
    return names(Path.of("/sys/class/net")).map(link -> "link " + link);
  }

  private static Stream<String> mounts() {
    // proc_pid_mountinfo(5): the third field is the device, the fifth the mount point.
    return lines(Path.of("/proc/self/mountinfo"))
        .map(line -> line.split(" ", -1))
        .map(field -> "mount " + field[4] + " of " + field[2] + " " + field[3]);
  }

  private static Stream<String> cgroups() {
    var found = new ArrayList<String>();
    Stream<Path> roots =
        lines(Path.of("/proc/self/mountinfo"))
            .filter(line -> line.contains(" - cgroup"))
            .map(line -> Path.of(line.split(" ", -1)[4]));
    roots.forEach(
        root ->
            names(root)
                .filter(name -> name.contains("davit"))
                .forEach(name -> addDirectories(root.resolve(name), found)));
    // The parent of all containers' cgroups belongs to every engine of the machine, and stays.
    return found.stream().filter(thing -> !thing.endsWith("/davit"));
  }

  private static void addDirectories(Path directory, List<String> found) {
    found.add("cgroup " + directory);
    names(directory)
        .map(directory::resolve)
        .filter(Files::isDirectory)
        .forEach(child -> addDirectories(child, found));
  }

  private static Stream<String> tables() {
    try {
      Process nft = new ProcessBuilder("nft", "list", "tables").redirectErrorStream(true).start();
      byte[] printed = nft.getInputStream().readAllBytes();
      nft.waitFor(10, TimeUnit.SECONDS);
      return new String(printed, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("table "));
    } catch (IOException _) {
      return Stream.empty(); // not installed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Processes in a cgroup of Davit's, and engines: they are told their directories by environment
  /// or command line.
  private static Stream<String> processes() {
    return names(Path.of("/proc"))
        .filter(name -> name.chars().allMatch(Character::isDigit))
        .flatMap(pid -> process(pid).stream());
  }

  private static Optional<String> process(String pid) {
    Path proc = Path.of("/proc", pid);
    // What has ended and waits for the machine's PID 1 to take note of it is not ours any more.
    if (text(proc.resolve("status")).contains("\nState:\tZ")) {
      return Optional.empty();
    }
    String command = text(proc.resolve("cmdline")).replace('\0', ' ').strip();
    Optional<String> cgroup =
        text(proc.resolve("cgroup"))
            .lines()
            .map(line -> line.substring(line.lastIndexOf(':') + 1))
            .filter(path -> path.contains("davit"))
            .findFirst();
    Optional<String> engine =
        Stream.of(text(proc.resolve("environ")).split("\0"))
            .filter(variable -> variable.matches("DAVIT_(ROOT|RUN)=.*"))
            .reduce((one, other) -> one + " " + other)
            .filter(_ -> command.contains("dev.davit.") || command.contains("davit.jar"));
    boolean isEngine = command.contains("davit.jar");
    return cgroup.isPresent() || engine.isPresent() || isEngine
        ? Optional.of(
            "process %s (%s) in %s %s"
                .formatted(pid, command, cgroup.orElse("/"), engine.orElse("")))
        : Optional.empty();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return ""; // it has ended
    }
  }

  private static Stream<String> lines(Path file) {
    return text(file).lines();
  }

  private static Stream<String> names(Path directory) {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException _) {
      return Stream.empty();
    }
  }

  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      System.err.println("usage: java Leaks.java snapshot|mark|check FILE DIRECTORY…");
      System.exit(2);
    }
    Path file = Path.of(args[1]);
    List<Path> directories = Stream.of(args).skip(2).map(Path::of).toList();
    if (args[0].equals("snapshot")) {
      write(file, new Leaks(directories, snapshot(), new TreeSet<>()));
      return;
    }
    Leaks leaks = read(file, directories);
    if (args[0].equals("mark")) {
      leaks.mark();
      write(file, leaks);
      return;
    }
    List<String> left = leaks.left();
    left.forEach(System.out::println);
    System.exit(left.isEmpty() ? 0 : 1);
  }

  private static void write(Path file, Leaks leaks) throws IOException {
    Files.write(
        file,
        Stream.concat(leaks.before.stream(), leaks.ids.stream().map(id -> "id " + id)).toList());
  }

  private static Leaks read(Path file, List<Path> directories) throws IOException {
    var parts =
        Files.readAllLines(file).stream()
            .collect(Collectors.partitioningBy(line -> line.startsWith("id ")));
    var ids = new TreeSet<String>();
    parts.get(true).forEach(line -> ids.add(line.substring(3)));
    return new Leaks(directories, new TreeSet<>(parts.get(false)), ids);
  }
}
