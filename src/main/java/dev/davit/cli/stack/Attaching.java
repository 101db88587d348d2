package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.Size;
import dev.davit.engine.Container;
import dev.davit.engine.Containers;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.engine.Execs;
import dev.davit.error.DavitException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/// Puts the caller's streams, terminal and signals on a container until it ends or the caller types
/// the keys to detach.
public final class Attaching {
  private final Session session;
  private final Containers containers;
  private final Manner manner;

  /// @param input whether the container gets the caller's stdin
  /// @param proxiesSignals whether it gets the caller's signals; else they end the attaching
  /// @param keys to detach
  public record Manner(boolean input, boolean proxiesSignals, DetachKeys keys) {}

  public Attaching(Session session, Containers containers, Manner manner) {
    this.session = session;
    this.containers = containers;
    this.manner = manner;
  }

  /// Returns the container's exit code, or 0 after the keys to detach.
  ///
  /// @param start whether it is started once nothing of it can be missed
  public int run(Container container, boolean start) {
    boolean terminal =
        container.config().command().tty() && session.ttys().stdin() && session.ttys().stdout();
    if (!terminal) {
      return attached(container, start, false);
    }
    try (Session.RawMode _ = session.raw()) {
      return attached(container, start, true);
    }
  }

  private int attached(Container container, boolean start, boolean terminal) {
    String id = container.id();
    var detached = new CompletableFuture<Integer>();
    InputStream in = manner.input() ? session.in() : InputStream.nullInputStream();
    if (terminal) {
      in = manner.keys().watching(in, () -> detached.complete(0));
    }
    session.onSignal(signal -> signal(id, signal, detached));
    var streams = new Execs.Streams(in, session.out(), session.err());
    try (Containers.Attached attached = containers.attach(id, streams)) {
      if (start) {
        containers.start(id);
      }
      if (terminal) {
        resize(id, session.size());
        session.onResize(size -> resize(id, size));
      }
      CompletableFuture<Integer> ended =
          containers
              .waitFor(id, WaitCondition.NOT_RUNNING)
              .thenCombine(attached.done(), (it, _) -> it.state().exitCode());
      return (int) CompletableFuture.anyOf(detached, ended).join();
    }
  }

  private void signal(String id, Signal signal, CompletableFuture<Integer> detached) {
    if (!manner.proxiesSignals() || signal == Signal.HUP) {
      detached.complete(signal == Signal.HUP ? 0 : signal.exitCode());
      return;
    }
    try {
      containers.kill(id, signal.name());
    } catch (DavitException ended) {
      // It was faster than the signal.
    }
  }

  private void resize(String id, Size size) {
    try {
      containers.resize(id, size.rows(), size.columns());
    } catch (DavitException ended) {
      // It was faster than the window.
    }
  }
}
