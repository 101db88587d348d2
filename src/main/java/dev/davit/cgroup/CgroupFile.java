package dev.davit.cgroup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Memory;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import dev.davit.linux.SyscallException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A file of a cgroup: small, read and written as a whole.
record CgroupFile(Path path) {
  static CgroupFile of(Path directory, String name) {
    return new CgroupFile(directory.resolve(name));
  }

  /// Writes `value` at once.
  void write(String value) {
    writeEach(List.of(value));
  }

  /// Writes the values one after the other.
  void writeEach(List<String> values) {
    try (var file = Kernel.open(path.toString(), Open.WRONLY, 0);
        var memory = new Memory()) {
      for (String value : values) {
        byte[] bytes = value.getBytes(UTF_8);
        Kernel.check(
            Kernel.tryCall(Syscall.WRITE, file.number(), memory.bytes(bytes), bytes.length),
            () -> "write(%s, \"%s\", %d)".formatted(file, value, bytes.length));
      }
    }
  }

  /// As [#write], but false where there is no such file, or no cgroup any more.
  boolean writeIfThere(String value) {
    try {
      write(value);
      return true;
    } catch (SyscallException e) {
      // ENODEV: removed after it was opened, as when a container ends while it is killed.
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENODEV) {
        return false;
      }
      throw e;
    }
  }

  /// The content without the last newline, or empty where the file or its cgroup is gone.
  Optional<String> read() {
    try (var file = Kernel.open(path.toString(), Open.RDONLY, 0)) {
      return Optional.of(readFrom(file).strip());
    } catch (SyscallException e) {
      return switch (e.errno()) {
        // ENODEV: removed while it was open. EOPNOTSUPP: cgroup.procs of a threaded cgroup.
        case ENOENT, ENODEV, EOPNOTSUPP -> Optional.empty();
        default -> throw e;
      };
    }
  }

  static String readFrom(Fd file) {
    Kernel.call(Syscall.LSEEK, file.number(), 0, 0);
    var text = new StringBuilder();
    byte[] some;
    do {
      some = Kernel.read(file, 16 * 1024);
      text.append(new String(some, UTF_8));
    } while (some.length > 0);
    return text.toString();
  }

  /// The number in it; `max` is [Long#MAX_VALUE], nothing is 0.
  long number() {
    return read().map(CgroupFile::parse).orElse(0L);
  }

  /// The number behind `key` in a file of keys and values, else 0.
  long number(String key) {
    return read().stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(key + " "))
        .map(line -> parse(line.substring(key.length() + 1)))
        .findFirst()
        .orElse(0L);
  }

  /// The sum of the numbers behind each `key` in it, which has a line for each device.
  long sum(String key) {
    return read().stream()
        .flatMap(String::lines)
        .filter(line -> line.contains(" " + key))
        .map(line -> line.substring(line.indexOf(" " + key) + 1 + key.length()))
        .mapToLong(rest -> parse(rest.split(" ", 2)[0]))
        .sum();
  }

  private static long parse(String text) {
    if (text.equals("max")) {
      return Long.MAX_VALUE;
    }
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }
}
