package dev.davit.engine;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.NotStartedException;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.InRoot;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.SyscallException;
import dev.davit.runtime.MountSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds a program as execvp(3) would, but inside a container's root, by descriptor.
final class ProgramLookup {
  private final Fd root;
  private final List<MountSpec> unseen;

  /// @param root the container's root
  /// @param unseen mounts that `root` does not show yet
  ProgramLookup(Fd root, List<MountSpec> unseen) {
    this.root = root;
    this.unseen = unseen;
  }

  private enum Found {
    YES,
    NO,
    DIRECTORY,
    NOT_EXECUTABLE
  }

  /// The absolute path of `word` in the container; throws [NotStartedException].
  String find(String word, List<String> env, String cwd) {
    if (word.contains("/")) {
      // execve(2) itself says what is wrong with a path.
      return word.startsWith("/") ? word : join(cwd, word);
    }
    String path = Arguments.value(env, "PATH").orElse(Arguments.PATH);
    Optional<String> refused = Optional.empty();
    for (String directory : path.split(":", -1)) {
      String candidate = join(directory.startsWith("/") ? directory : join(cwd, directory), word);
      switch (look(candidate)) {
        case YES -> {
          return candidate;
        }
        case NOT_EXECUTABLE -> refused = refused.or(() -> Optional.of(candidate));
        case NO, DIRECTORY -> {}
      }
    }
    throw refusal(word, path, refused).about(Culprit.of(Part.COMMAND));
  }

  /// Throws [NotStartedException] if there is no program at `path`, as far as that can be known
  /// before the kernel's own file systems are there.
  void check(String path) {
    Optional<NotStartedException> refusal =
        switch (path.startsWith("/proc/") ? Found.YES : look(path)) {
          case YES -> Optional.empty();
          case NOT_EXECUTABLE -> Optional.of(notExecutable(path));
          case DIRECTORY ->
              Optional.of(
                  NotStartedException.notExecutable(
                      "program \"%s\" is a directory".formatted(path), "check the command"));
          case NO ->
              Optional.of(
                  NotStartedException.notThere(
                      "there is no program \"%s\" in the container".formatted(path),
                      "check the command"));
        };
    if (refusal.isPresent()) {
      throw refusal.get().about(Culprit.of(Part.COMMAND));
    }
  }

  private static NotStartedException notExecutable(String file) {
    return NotStartedException.notExecutable(
        "program \"%s\" is not executable".formatted(file), "chmod +x it in the image");
  }

  private static NotStartedException refusal(String word, String path, Optional<String> refused) {
    return refused
        .map(ProgramLookup::notExecutable)
        .orElseGet(
            () ->
                NotStartedException.notThere(
                    "program \"%s\" is not in PATH of the container".formatted(word),
                    "check the command; PATH is " + path));
  }

  private static String join(String directory, String name) {
    return directory.endsWith("/") ? directory + name : directory + "/" + name;
  }

  private Found look(String path) {
    Optional<MountSpec> mount =
        unseen.stream()
            .filter(candidate -> below(path, candidate.destination()))
            .max(Comparator.comparingInt(candidate -> candidate.destination().length()));
    if (mount.isPresent()) {
      return look(mount.get(), path.substring(mount.get().destination().length()));
    }
    Optional<Fd> file = open(root, path);
    if (file.isEmpty()) {
      return leadsToMount(path) ? Found.YES : Found.NO;
    }
    return judged(file.get());
  }

  private static boolean below(String path, String target) {
    return path.equals(target) || path.startsWith(target + "/");
  }

  private static Found look(MountSpec mount, String rest) {
    return switch (mount) {
      case MountSpec.Tmpfs _ -> Found.NO;
      case MountSpec.Made made -> look(made.mount(), made.within() + rest);
      case MountSpec.Held held -> {
        if (!rest.isEmpty()) {
          yield Found.NO;
        }
        yield (held.mode() & 0111) == 0 ? Found.NOT_EXECUTABLE : Found.YES;
      }
      case MountSpec.Bind bind -> {
        try (Fd source = bind.open()) {
          yield look(source, rest);
        }
      }
    };
  }

  /// @param path nothing for `root` itself, which may be a file
  private static Found look(Fd root, String path) {
    return path.isEmpty()
        ? judge(root)
        : open(root, path).map(ProgramLookup::judged).orElse(Found.NO);
  }

  private static Found judged(Fd file) {
    try (file) {
      return judge(file);
    }
  }

  private static Found judge(Fd file) {
    Stat stat = Stat.of(file);
    return switch (stat.type()) {
      case Stat.REGULAR -> (stat.mode() & 0111) == 0 ? Found.NOT_EXECUTABLE : Found.YES;
      case Stat.DIRECTORY -> Found.DIRECTORY;
      default -> Found.NO;
    };
  }

  /// Nothing is below a file.
  private static Optional<Fd> open(Fd root, String path) {
    try {
      return InRoot.open(root, path, Open.PATH);
    } catch (SyscallException e) {
      if (e.errno() == Errno.ENOTDIR) {
        return Optional.empty();
      }
      throw e;
    }
  }

  // A symbolic link that leads nowhere in the image may lead to a mount; execve(2) will tell.
  private boolean leadsToMount(String path) {
    if (unseen.isEmpty()) {
      return false;
    }
    Optional<Fd> link = InRoot.open(root, path, Open.PATH | Open.NOFOLLOW);
    link.ifPresent(Fd::close);
    return link.isPresent();
  }
}
