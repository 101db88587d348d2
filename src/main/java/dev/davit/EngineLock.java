package dev.davit;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A directory that belongs to this process: a lock that the kernel gives up with the process.
final class EngineLock implements AutoCloseable {
  private final Path directory;
  private final FileChannel channel;

  private EngineLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /// Makes `directory` if need be and locks it by its file `name`; throws [DavitException] that
  /// names the holder.
  static EngineLock take(Path directory, String name) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(ownerOnly));
    Files.setPosixFilePermissions(directory, ownerOnly);
    Path file = directory.resolve(name);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    if (channel.tryLock() == null) {
      channel.close();
      throw new DavitException(
          Kind.CONFLICT,
          "directory \"%s\" is held by the engine with pid %s"
              .formatted(directory, Files.readString(file).strip()),
          "use that one, stop it with 'davit engine stop', or set DAVIT_ROOT and DAVIT_RUN");
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
    return new EngineLock(directory, channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
