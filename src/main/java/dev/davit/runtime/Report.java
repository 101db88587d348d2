package dev.davit.runtime;

import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Pidfd;
import dev.davit.linux.Pipe;
import dev.davit.linux.Poll;
import dev.davit.program.Launched;
import dev.davit.program.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What [Init] tells about the execve that it makes: a pipe. For one start.
final class Report implements AutoCloseable {
  // Nothing but a process of the same container that has opened the pipe in /proc can hold it open
  // so long, and that shall not stop a thread of the engine for good.
  private static final long LONGEST_MILLIS = 10_000;

  private static final int LENGTH = 8;

  private final Pipe.Ends pipe;
  private boolean writable = true;

  private Report(Pipe.Ends pipe) {
    this.pipe = pipe;
  }

  static Report open() {
    return new Report(Pipe.open("report"));
  }

  Fd childEnd() {
    return pipe.write();
  }

  /// What became of a child that was to become the program itself.
  Launched ofExec(Launched child) {
    if (!child.trace().complete()) {
      return child;
    }
    byte[] told = read();
    return told.length < LENGTH ? child : with(child, new Outcome.Failed(errno(told)));
  }

  /// The process in the other PID namespace. `child`, which has made it, ends and is reaped; both
  /// are children of this process, so that its number is not another's.
  Launched ofEnter(Launched child) {
    if (!child.trace().complete()) {
      return child;
    }
    byte[] told = read();
    if (told.length < LENGTH) {
      return with(child, new Outcome.NotReached());
    }
    int pid = number(told, 0);
    if (pid == 0) {
      return with(child, new Outcome.Failed(errno(told)));
    }
    Fd pidfd = Kernel.pidfdOpen(pid);
    Pidfd.await(child.pidfd());
    child.pidfd().close();
    var process = new Launched(pid, pidfd, child.trace());
    return errno(told) == Errno.EUNKNOWN ? process : with(process, new Outcome.Failed(errno(told)));
  }

  private static Launched with(Launched child, Outcome last) {
    return new Launched(child.pid(), child.pidfd(), child.trace().endingWith(last));
  }

  private byte[] read() {
    closeChildEnd();
    return Poll.await(pipe.read(), Poll.IN, LONGEST_MILLIS)
        ? Kernel.read(pipe.read(), LENGTH)
        : new byte[0];
  }

  // As long as this process has it, the pipe does not end.
  private void closeChildEnd() {
    if (writable) {
      writable = false;
      pipe.write().close();
    }
  }

  private static Errno errno(byte[] told) {
    return Errno.of(number(told, 4));
  }

  private static int number(byte[] told, int offset) {
    return ByteBuffer.wrap(told).order(ByteOrder.nativeOrder()).getInt(offset);
  }

  @Override
  public void close() {
    closeChildEnd();
    pipe.read().close();
  }
}
