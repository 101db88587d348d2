package dev.davit.runtime;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.MountFlag;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.SyscallException;
import dev.davit.program.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// A mount that the container's file asks for, in addition to those every container has.
public sealed interface MountSpec {
  /// Absolute path in the container; symbolic links in the image are followed inside its root.
  String destination();

  /// Whether it is mounted over a file, not a directory.
  boolean isFile();

  /// A file or directory of the host, with what is mounted below it.
  ///
  /// @param within what of `source` is mounted, a relative path that does not lead out of it; empty
  ///   for all of it
  /// @param propagation PRIVATE, SLAVE or SHARED
  record Bind(
      Path source,
      String within,
      String destination,
      boolean readOnly,
      Below below,
      MountFlag propagation)
      implements MountSpec {
    public Bind(Path source, String destination, boolean readOnly, MountFlag propagation) {
      this(source, "", destination, readOnly, Below.FOLLOW, propagation);
    }

    /// A bind mount that passes no mount on in either direction.
    public static Bind of(Path source, String destination, boolean readOnly) {
      return new Bind(source, destination, readOnly, MountFlag.PRIVATE);
    }

    public Bind within(String within) {
      return new Bind(source, within, destination, readOnly, below, propagation);
    }

    /// What is mounted, as a place only.
    public Fd open() {
      Fd whole = Kernel.open(source.toString(), Open.PATH, 0);
      if (within.isEmpty()) {
        return whole;
      }
      try (whole) {
        long resolve = Open.RESOLVE_BENEATH | Open.RESOLVE_NO_MAGICLINKS;
        return Kernel.openat2(whole, within, Open.PATH, 0, resolve);
      } catch (SyscallException e) {
        throw unreachable(e);
      }
    }

    private DavitException unreachable(SyscallException e) {
      return switch (e.errno()) {
        case ENOENT, ENOTDIR ->
            new DavitException(
                Kind.NOT_FOUND,
                "\"%s\" does not exist below \"%s\"".formatted(within, source),
                "make it first, or mount the whole",
                e);
        case EXDEV, ELOOP ->
            new DavitException(
                Kind.INVALID,
                "\"%s\" leads out of \"%s\"".formatted(within, source),
                "name a directory or file inside",
                e);
        default -> e;
      };
    }

    @Override
    public boolean isFile() {
      if (within.isEmpty()) {
        return !Files.isDirectory(source);
      }
      try (Fd place = open()) {
        return Stat.of(place).type() != Stat.DIRECTORY;
      }
    }
  }

  /// What becomes of mounts below the source of a bind.
  enum Below {
    /// They come with it, read-only as it is where the kernel can.
    FOLLOW,
    /// They stay behind.
    STAY,
    /// They come with it, and can be written even where it is read-only.
    WRITABLE,
    /// They come with it and are read-only for sure.
    READONLY
  }

  /// A file system that was made for this container: a detached mount, which whoever made it closes
  /// afterwards.
  ///
  /// @param within what of it is mounted, a relative path; empty for all of it
  /// @param name of what it is, for those who read the program
  record Made(
      Fd mount, String within, boolean isFile, String destination, boolean readOnly, String name)
      implements MountSpec {}

  /// An empty file system in memory.
  ///
  /// @param options as tmpfs(5) has them: `size=64m,mode=1777,uid=100`
  /// @param flags NOSUID, NODEV, NOEXEC; RDONLY takes effect when the places for mounts below are
  ///   made
  record Tmpfs(String destination, String options, Set<MountFlag> flags) implements MountSpec {
    public Tmpfs {
      flags = Set.copyOf(flags);
    }

    @Override
    public boolean isFile() {
      return false;
    }
  }

  /// A file that lies in memory only and can be read only: no file system of the host has it.
  ///
  /// @param content not printed anywhere
  /// @param mode permission bits
  /// @param name of what it is, for those who read the program
  record Held(String destination, Bytes content, int uid, int gid, int mode, String name)
      implements MountSpec {
    public static Held of(
        String destination, byte[] content, int uid, int gid, int mode, String name) {
      return new Held(destination, Bytes.of(content), uid, gid, mode, name);
    }

    @Override
    public boolean isFile() {
      return true;
    }

    @Override
    public String toString() {
      return "Held[" + name + " at " + destination + "]";
    }
  }
}
