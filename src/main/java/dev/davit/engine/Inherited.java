package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.Syscall;
import java.util.Optional;

/// The pipes of a container whose names in the run directory are gone, as its first process has
/// them open. What it has put in their place is not taken: only a pipe is.
final class Inherited {
  private Inherited() {}

  /// The engine's end of one of the outputs.
  ///
  /// @param process pidfd of the container's PID 1
  static Optional<Fd> reading(Fd process, Stream stream) {
    return pipe(process, stream == Stream.STDOUT ? 1 : 2, Open.RDONLY | Open.NONBLOCK);
  }

  /// The engine's end of the input.
  static Optional<Input> writing(Fd process) {
    // With O_RDWR opening does not wait for a reader.
    return pipe(process, 0, Open.RDWR | Open.NONBLOCK).map(fd -> new Input(fd, false));
  }

  private static Optional<Fd> pipe(Fd process, int number, int flags) {
    long fd = Kernel.tryCall(Syscall.PIDFD_GETFD, process.number(), number, 0);
    if (Kernel.isError(fd)) {
      return Optional.empty(); // It has closed it, or is just ending.
    }
    try (var theirs = new Fd((int) fd, "descriptor " + number + " of " + process.name())) {
      return Stat.of(theirs).type() == Stat.FIFO
          ? Optional.of(Kernel.open(theirs.magicLink().toString(), flags, 0))
          : Optional.empty();
    }
  }
}
