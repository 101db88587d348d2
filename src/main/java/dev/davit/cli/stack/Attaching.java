package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.Size;
import dev.davit.cli.row.NeutralStream;
import dev.davit.engine.Container;
import dev.davit.engine.Containers;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.engine.Execs;
import dev.davit.error.DavitException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/// Puts the caller's streams, terminal and signals on a container until it ends or the caller types
/// the keys to detach.
public final class Attaching {
  private static final Duration REMOVAL = Duration.ofSeconds(10);

  private final Session session;
  private final Containers containers;
  private final Manner manner;

  /// @param input whether the container gets the caller's stdin
  /// @param proxiesSignals whether it gets the caller's signals; else they end the attaching
  /// @param keys to detach
  /// @param raw whether control sequences reach the caller's terminal also from a container that
  ///   has none of its own
  public record Manner(boolean input, boolean proxiesSignals, DetachKeys keys, boolean raw) {}

  public Attaching(Session session, Containers containers, Manner manner) {
    this.session = session;
    this.containers = containers;
    this.manner = manner;
  }

  /// Attaches to a container that is there. Returns its exit code, or 0 after the keys to detach or
  /// when the caller has gone.
  public int run(Container container) {
    return run(container, Optional.empty());
  }

  /// Attaches to a container before it is started, so that nothing of it is missed. Returns its
  /// exit code, or 0 after the keys to detach; the caller's going is its end too.
  ///
  /// @param begin starts it; returns the code that counts where its own is 0
  public int run(Container container, IntSupplier begin) {
    return run(container, Optional.of(begin));
  }

  private int run(Container container, Optional<IntSupplier> begin) {
    boolean terminal = container.config().command().tty() && session.ttys().stdout();
    if (!terminal || !session.ttys().stdin()) {
      return attached(container, begin, terminal);
    }
    try (Session.TerminalMode _ = session.raw()) {
      return attached(container, begin, true);
    }
  }

  private int attached(Container container, Optional<IntSupplier> begin, boolean terminal) {
    String id = container.id();
    var detached = new CompletableFuture<Integer>();
    InputStream in = manner.input() ? session.in() : InputStream.nullInputStream();
    if (terminal) {
      in = manner.keys().watching(in, () -> detached.complete(0));
    }
    boolean own = manner.raw() || container.config().command().tty();
    var streams =
        new Execs.Streams(
            in,
            own || !session.ttys().stdout() ? session.out() : new NeutralStream(session.out()),
            own || !session.ttys().stderr() ? session.err() : new NeutralStream(session.err()));
    // Registered before the start: it may have ended and be removed before anybody asks again.
    CompletableFuture<Container> over =
        containers.waitFor(
            id, begin.isPresent() ? WaitCondition.NEXT_END : WaitCondition.NOT_RUNNING);
    CompletableFuture<Container> removed = containers.waitFor(id, WaitCondition.REMOVED);
    try (Containers.Attached attached = containers.attach(id, streams)) {
      if (terminal) {
        session.onResize(size -> resize(id, size));
        size(id, session.size(), begin.isEmpty());
      }
      var early = new EarlySignals(signal -> signal(id, signal, begin.isPresent(), detached));
      session.onSignal(early::take);
      if (begin.isPresent() && early.any().isPresent()) {
        NeverStarted.remove(containers, id);
        return early.any().get().exitCode();
      }
      int code = begin.map(IntSupplier::getAsInt).orElse(0);
      early.begin();
      CompletableFuture<Integer> ended =
          over.thenCombine(attached.done(), (it, _) -> it.state().exitCode());
      int its = (int) CompletableFuture.anyOf(detached, ended).join();
      if (ended.isDone() && container.config().stop().removed()) {
        await(removed, container);
      }
      return its == 0 ? code : its;
    } finally {
      over.cancel(false);
      removed.cancel(false);
    }
  }

  private void await(CompletableFuture<Container> removed, Container container) {
    try {
      removed.get(REMOVAL.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      session.warn("container \"" + container.name() + "\" has ended, but is not removed yet");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String id, Signal signal, boolean ours, CompletableFuture<Integer> detached) {
    if (signal == Signal.HUP && !ours) {
      detached.complete(0);
    } else if (manner.proxiesSignals()) {
      kill(id, signal);
    } else {
      detached.complete(signal.exitCode());
    }
  }

  private void kill(String id, Signal signal) {
    try {
      containers.kill(id, signal.name());
    } catch (DavitException ended) {
      // It was faster than the signal.
    }
  }

  // A program that runs already draws its screen again only if the size is another one.
  private void size(String id, Size size, boolean drawn) {
    if (drawn) {
      resize(id, new Size(size.columns() + 1, size.rows() + 1));
    }
    resize(id, size);
  }

  private void resize(String id, Size size) {
    try {
      containers.resize(id, size.rows(), size.columns());
    } catch (DavitException ended) {
      // It was faster than the window.
    }
  }
}
