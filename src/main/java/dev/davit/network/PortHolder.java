package dev.davit.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the process that has a port of the host (proc(5), /proc/PID/net/tcp).
final class PortHolder {
  private static final String LISTEN = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final int LONGEST = 80;

  private PortHolder() {}

  /// `process 812 (nginx -g daemon off;)`, or who else it can be if no process shows.
  static String of(PublishedPort port) {
    Set<String> sockets =
        Stream.of("", "6")
            .flatMap(
                version -> lines(Path.of("/proc/thread-self/net/" + port.protocol() + version)))
            .map(line -> line.strip().split("\\s+"))
            .filter(words -> words.length > INODE && holds(words, port))
            .map(words -> "socket:[" + words[INODE] + "]")
            .collect(Collectors.toSet());
    return processes()
        .filter(process -> hasOne(process, sockets))
        .findFirst()
        .map(PortHolder::print)
        .orElse("the kernel or a process that cannot be seen from here");
  }

  /// Whether a line of /proc/net/tcp is of a socket that stands in the way of `port`.
  static boolean holds(String[] words, PublishedPort port) {
    String[] local = words[LOCAL_ADDRESS].split(":", -1);
    boolean tcp = port.protocol().equals("tcp");
    if (local.length != 2
        || HexFormat.fromHexDigits(local[1]) != port.hostPort()
        || (tcp && !words[STATE].equals(LISTEN))) {
      return false;
    }
    boolean any = local[0].matches("0+") || port.everywhere();
    return any || local[0].endsWith(hex(Ip.parse(port.hostIp())));
  }

  /// As /proc/net/tcp prints it: words of four bytes in host order, which is little-endian.
  private static String hex(Ip address) {
    var text = new StringBuilder();
    var words = ByteBuffer.wrap(address.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    while (words.hasRemaining()) {
      text.append("%08X".formatted(words.getInt()));
    }
    return text.toString();
  }

  private static Stream<Path> processes() {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      List<Path> processes =
          all.filter(path -> path.getFileName().toString().matches("[0-9]+")).toList();
      return processes.stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static boolean hasOne(Path process, Set<String> sockets) {
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return descriptors.anyMatch(fd -> target(fd).filter(sockets::contains).isPresent());
    } catch (IOException | DirectoryIteratorException | java.io.UncheckedIOException e) {
      return false; // It ended meanwhile.
    }
  }

  private static String print(Path process) {
    String program =
        commandLine(process)
            .or(() -> target(process.resolve("exe")))
            .or(() -> lines(process.resolve("comm")).findFirst())
            .orElse("unknown program");
    return "process " + process.getFileName() + " (" + program + ")";
  }

  // What a process calls itself is its own choice: nothing in it may reach the terminal.
  private static Optional<String> commandLine(Path process) {
    try {
      String all = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      String text = all.replace('\0', ' ').replaceAll("[^ -~]", "?").strip();
      String cut = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
      return Optional.of(cut).filter(words -> !words.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> target(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
