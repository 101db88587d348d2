package dev.davit;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.OptionalInt;

/// Where clients connect: for root, and for the members of one group, `davit` where the machine has
/// that when the engine starts. They reach the socket and nothing else of its directory; whom the
/// modes let through is looked at again by [EngineDoor].
final class EngineSocket {
  /// Whose members may do all that root may.
  private static final String USUAL_GROUP = "davit";

  private static final int BACKLOG = 256;

  private EngineSocket() {}

  /// Opens the socket at `path`. Its directory is shut until the socket has its mode: bind(2) makes
  /// it with what the umask leaves.
  ///
  /// @param asked the group that may connect; empty for the usual one, if the machine has it
  /// @param served a file beside it that tells whoever may connect whose engine this is: `root`
  static ServerSocketChannel open(Path path, Optional<String> asked, Path served, Path root)
      throws IOException {
    Optional<GroupPrincipal> group = find(asked);
    Path directory = path.resolveSibling("");
    mode(directory, "rwx------");
    Files.writeString(served, root.toString());
    Files.deleteIfExists(path);
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(path), BACKLOG);
    if (group.isEmpty()) {
      mode(path, "rw-------");
      mode(served, "rw-------");
    } else {
      give(path, group.get());
      mode(path, "rw-rw----");
      give(served, group.get());
      mode(served, "rw-r-----");
      give(directory, group.get());
      mode(directory, "rwx--x---");
    }
    return socket;
  }

  /// The number of the group that may reach the socket in `run`; empty where it is its owner only.
  static OptionalInt group(Path run) {
    try {
      boolean open =
          Files.getPosixFilePermissions(run)
              .containsAll(PosixFilePermissions.fromString("rwx--x---"));
      return open
          ? OptionalInt.of((int) Files.getAttribute(run, "unix:gid", LinkOption.NOFOLLOW_LINKS))
          : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  // The usual one need not exist, one that was asked for must.
  private static Optional<GroupPrincipal> find(Optional<String> asked) throws IOException {
    try {
      return Optional.of(
          FileSystems.getDefault()
              .getUserPrincipalLookupService()
              .lookupPrincipalByGroupName(asked.orElse(USUAL_GROUP)));
    } catch (UserPrincipalNotFoundException none) {
      if (asked.isEmpty()) {
        return Optional.empty();
      }
      throw new DavitException(
          Kind.INVALID,
          "group \"%s\" of DAVIT_GROUP does not exist".formatted(asked.get()),
          "make it with groupadd, or leave DAVIT_GROUP out");
    }
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void give(Path path, GroupPrincipal group) throws IOException {
    Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group);
  }
}
