package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Pipe;
import dev.davit.runtime.Stdio;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// The named pipes of a container in its run directory. The container has them open for reading and
/// writing, so that it never meets a broken pipe, whatever becomes of the engine, and the next
/// engine finds them by name.
final class Streams {
  // As much as a container can say while no engine listens.
  private static final int CAPACITY = 256 * 1024;

  private final Path directory;
  private Optional<Input> once = Optional.empty();

  Streams(Path directory) {
    this.directory = directory;
  }

  /// What the container reads from: /dev/null; a pipe that never ends; or one that ends when the
  /// caller's input does.
  enum In {
    NOTHING,
    ENDLESS,
    ONCE
  }

  /// The child's ends; the caller closes them.
  Stdio.Pipes childEnds(In stdin, int uid, int gid) {
    Fd in =
        switch (stdin) {
          case NOTHING -> Kernel.open("/dev/null", Open.RDONLY, 0);
          case ENDLESS -> fifo("stdin", uid, gid);
          case ONCE -> onlyReading(uid, gid);
        };
    return new Stdio.Pipes(in, fifo("stdout", uid, gid), fifo("stderr", uid, gid));
  }

  // The child has no writing end of its own, so that the last one is the engine's.
  private Fd onlyReading(int uid, int gid) {
    try (Fd _ = fifo("stdin", uid, gid)) {
      String path = directory.resolve("stdin").toString();
      Fd in = Kernel.open(path, Open.RDONLY, 0);
      once = Optional.of(new Input(Kernel.open(path, Open.WRONLY | Open.NONBLOCK, 0), true));
      return in;
    }
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

  /// As [#reading] for a container that runs already: empty if somebody has removed the pipe.
  Optional<Fd> finding(Stream stream) {
    Path path = directory.resolve(stream.word());
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(reading(stream))
        : Optional.empty();
  }

  /// The engine's end of the input, if there is one.
  Optional<Input> writing() {
    Path path = directory.resolve("stdin");
    if (once.isPresent() || !Files.exists(path)) {
      return once;
    }
    // With O_RDWR opening does not wait for a reader.
    return Optional.of(
        new Input(Kernel.open(path.toString(), Open.RDWR | Open.NONBLOCK, 0), false));
  }

  /// The container could not be started.
  void abandon() {
    once.ifPresent(Input::close);
  }
}
