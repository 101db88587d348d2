package dev.davit.engine;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.linux.InRoot;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.runtime.MountSpec;
import java.nio.file.Path;
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

  /// A program that cannot be executed, and the exit code that says so.
  static final class NotExecutable extends DavitException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    NotExecutable(int exitCode, String message, String action) {
      super(Kind.INVALID, message, action);
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  private enum Found {
    YES,
    NO,
    NOT_EXECUTABLE
  }

  /// The absolute path of `word` in the container; throws [NotExecutable].
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
        case NO -> {}
      }
    }
    throw refusal(word, path, refused).about(Culprit.of(Part.COMMAND));
  }

  /// Throws [NotExecutable] if there is no program at `path`, as far as that can be known before
  /// the kernel's own file systems are there.
  void check(String path) {
    Found found = path.startsWith("/proc/") ? Found.YES : look(path);
    if (found == Found.NOT_EXECUTABLE) {
      throw refusal(path, "", Optional.of(path)).about(Culprit.of(Part.COMMAND));
    }
    if (found == Found.NO) {
      throw new NotExecutable(
              127,
              "there is no program \"%s\" in the container".formatted(path),
              "check the command")
          .about(Culprit.of(Part.COMMAND));
    }
  }

  private static NotExecutable refusal(String word, String path, Optional<String> refused) {
    return refused
        .map(
            file ->
                new NotExecutable(
                    126,
                    "program \"%s\" is not executable".formatted(file),
                    "chmod +x it in the image"))
        .orElseGet(
            () ->
                new NotExecutable(
                    127,
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
    Optional<Fd> file = InRoot.open(root, path, Open.PATH);
    if (file.isEmpty()) {
      return leadsToMount(path) ? Found.YES : Found.NO;
    }
    return judge(file.get());
  }

  private static boolean below(String path, String target) {
    return path.equals(target) || path.startsWith(target + "/");
  }

  private static Found look(MountSpec mount, String rest) {
    return switch (mount) {
      case MountSpec.Tmpfs _ -> Found.NO;
      case MountSpec.Made made -> {
        String inside = rest.isEmpty() ? "." : rest.substring(1);
        yield InRoot.open(made.mount(), Path.of(made.within(), inside).toString(), Open.PATH)
            .map(ProgramLookup::judge)
            .orElse(Found.NO);
      }
      case MountSpec.Held held -> {
        if (!rest.isEmpty()) {
          yield Found.NO;
        }
        yield (held.mode() & 0111) == 0 ? Found.NOT_EXECUTABLE : Found.YES;
      }
      case MountSpec.Bind bind -> {
        try (Fd source = bind.open()) {
          yield InRoot.open(source, rest.isEmpty() ? "." : rest, Open.PATH)
              .map(ProgramLookup::judge)
              .orElse(Found.NO);
        }
      }
    };
  }

  private static Found judge(Fd file) {
    try (file) {
      Stat stat = Stat.of(file);
      if (stat.type() != Stat.REGULAR) {
        return Found.NO;
      }
      return (stat.mode() & 0111) == 0 ? Found.NOT_EXECUTABLE : Found.YES;
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
