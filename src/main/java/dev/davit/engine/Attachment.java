package dev.davit.engine;

import dev.davit.engine.Containers.Attached;
import dev.davit.engine.Execs.Streams;
import dev.davit.engine.Logs.Stream;
import dev.davit.linux.Fd;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A caller's streams on a container: they get what it writes, and it what the caller sends.
final class Attachment implements Attached {
  private final EventLoop loop;
  private final Streams streams;
  private final Runnable detach;
  private final Copy out;
  private final Copy err;
  private final CompletableFuture<Void> done;
  private @Nullable Feeder feeder;
  private @Nullable Thread feeding;

  /// @param detach is called when the caller closes it
  Attachment(EventLoop loop, Streams streams, Runnable detach) {
    this.loop = loop;
    this.streams = streams;
    this.detach = detach;
    this.out = new Copy(streams.out());
    this.err = new Copy(streams.err());
    this.done = CompletableFuture.allOf(out.done(), err.done());
  }

  /// Takes what the container has written. Returns false if it shall write no more until `room` has
  /// been called.
  boolean take(Stream stream, byte[] bytes, Runnable room) {
    return (stream == Stream.STDOUT ? out : err).take(bytes, room);
  }

  /// Sends the caller's input to the process of the container from now on.
  synchronized void begin(Task task) {
    Fd terminal = task.terminal().orElse(null);
    if (terminal != null) {
      begin(new Feeder(loop, streams.in(), terminal, () -> {}));
    } else {
      task.stdin()
          .ifPresent(
              input ->
                  begin(
                      new Feeder(
                          loop, streams.in(), input.fd(), input.once() ? input::close : () -> {})));
    }
  }

  private void begin(Feeder next) {
    feeder = next;
    feeding = next.begin();
  }

  /// The process has ended: its descriptors are about to be closed.
  synchronized void pause() {
    if (feeder != null) {
      feeder.end();
    }
    if (feeding != null) {
      feeding.interrupt();
    }
  }

  /// Nothing more will come.
  void end() {
    pause();
    List.of(out, err).forEach(Copy::end);
  }

  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void close() {
    detach.run();
    end();
  }
}
