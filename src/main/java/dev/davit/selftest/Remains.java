package dev.davit.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the kernel still has of a self test that is over: mounts, interfaces, cgroups, processes,
/// published ports, files. Others work on the machine meanwhile, so only what has one of its ids in
/// its name counts.
final class Remains {
  // Interfaces and cgroups carry a beginning of the id.
  private static final int DIGITS = 8;
  private static final int MILLIS = 200;

  private final Equipment equipment;
  private final Set<String> links;

  private Remains(Equipment equipment, Set<String> links) {
    this.equipment = equipment;
    this.links = links;
  }

  /// Remembers what is there before.
  static Remains watch(Equipment equipment) {
    return new Remains(equipment, links());
  }

  /// What is there and was not before, a phrase each.
  ///
  /// @param traces the ids of what was made
  /// @param ports those that led to containers: a rule that is left leads on
  List<String> left(List<String> traces, List<Integer> ports) {
    var names = new TreeSet<String>();
    traces.forEach(id -> names.add(id.substring(0, DIGITS)));
    Predicate<String> ours = text -> names.stream().anyMatch(text::contains);
    var left = new ArrayList<String>();
    lines(Path.of("/proc/self/mountinfo"))
        .filter(ours)
        .map(line -> line.split(" ", -1)[4])
        .forEach(place -> left.add("mount " + place));
    links().stream()
        .filter(link -> !links.contains(link) && ours.test(link))
        .forEach(link -> left.add("interface " + link));
    ports.stream().filter(Remains::answers).forEach(port -> left.add("port " + port));
    cgroups(ours).forEach(path -> left.add("cgroup " + path));
    processes(ours).forEach(left::add);
    for (Path directory : List.of(equipment.root(), equipment.run())) {
      files(directory, 3).filter(ours).forEach(path -> left.add("file " + path));
    }
    return left;
  }

  private static Set<String> links() {
    return new TreeSet<>(names(Path.of("/sys/class/net")).toList());
  }

  private static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static Stream<String> cgroups(Predicate<String> ours) {
    return lines(Path.of("/proc/self/mountinfo"))
        .filter(line -> line.contains(" - cgroup"))
        .map(line -> Path.of(line.split(" ", -1)[4]).resolve("davit"))
        .flatMap(directory -> names(directory).filter(ours).map(it -> directory + "/" + it));
  }

  // A container's process is in a cgroup with its id.
  private static Stream<String> processes(Predicate<String> ours) {
    return names(Path.of("/proc"))
        .filter(name -> name.chars().allMatch(Character::isDigit))
        .filter(pid -> lines(Path.of("/proc", pid, "cgroup")).anyMatch(ours))
        .filter(
            pid ->
                lines(Path.of("/proc", pid, "status")).noneMatch(it -> it.startsWith("State:\tZ")))
        .map(pid -> "process " + pid);
  }

  private static Stream<String> files(Path directory, int depth) {
    return names(directory)
        .map(directory::resolve)
        .flatMap(
            path ->
                Stream.concat(
                    Stream.of(path.toString()),
                    depth > 1 && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        ? files(path, depth - 1)
                        : Stream.of()));
  }

  private static Stream<String> names(Path directory) {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException | UncheckedIOException _) {
      return Stream.empty(); // gone meanwhile
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).lines();
    } catch (IOException _) {
      return Stream.empty(); // the process has ended
    }
  }
}
