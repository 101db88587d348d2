package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Pipe;
import dev.davit.runtime.Stdio;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The named pipes of a container in its run directory. The container has them open for reading and
/// writing, so that it never meets a broken pipe, whatever becomes of the engine, and the next
/// engine finds them by name.
final class Streams {
  // As much as a container can say while no engine listens.
  private static final int CAPACITY = 256 * 1024;

  private final Path directory;

  Streams(Path directory) {
    this.directory = directory;
  }

  /// The child's ends; the caller closes them.
  ///
  /// @param stdin whether it has an input; else it reads /dev/null
  Stdio.Pipes childEnds(boolean stdin, int uid, int gid) {
    Fd in = stdin ? fifo("stdin", uid, gid) : Kernel.open("/dev/null", Open.RDONLY, 0);
    return new Stdio.Pipes(in, fifo("stdout", uid, gid), fifo("stderr", uid, gid));
  }

  private Fd fifo(String name, int uid, int gid) {
    String path = directory.resolve(name).toString();
    Pipe.makeFifo(path);
    Fd fd = Kernel.open(path, Open.RDWR, 0);
    Pipe.tryResize(fd, CAPACITY);
    // Programs open /dev/stdout again.
    Pipe.changeOwner(fd, uid, gid);
    return fd;
  }

  /// The engine's end of one of the outputs.
  Fd reading(Stream stream) {
    return Kernel.open(directory.resolve(stream.word()).toString(), Open.RDONLY | Open.NONBLOCK, 0);
  }

  /// The engine's end of the input, if there is one.
  Optional<Fd> writing() {
    Path path = directory.resolve("stdin");
    // With O_RDWR opening does not wait for a reader.
    return Files.exists(path)
        ? Optional.of(Kernel.open(path.toString(), Open.RDWR | Open.NONBLOCK, 0))
        : Optional.empty();
  }
}
