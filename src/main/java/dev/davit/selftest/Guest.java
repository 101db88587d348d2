package dev.davit.selftest;

import dev.davit.engine.Container;
import dev.davit.engine.Containers;
import dev.davit.engine.Containers.Attached;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.engine.Execs.Streams;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A container of the laboratory with a probe in it. Closing it removes it.
final class Guest implements AutoCloseable {
  private static final int SECONDS = 10;

  private final Containers containers;
  private final String id;
  private final CompletableFuture<Void> cancelled;
  private final Attached attached;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final CompletableFuture<Void> spoken = new CompletableFuture<>();

  Guest(Containers containers, String id, CompletableFuture<Void> cancelled) {
    this.containers = containers;
    this.id = id;
    this.cancelled = cancelled;
    attached =
        containers.attach(
            id,
            new Streams(
                InputStream.nullInputStream(), new Kept(), OutputStream.nullOutputStream()));
  }

  private final class Kept extends OutputStream {
    @Override
    public void write(int octet) {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      output.write(bytes, from, length);
      spoken.complete(null);
    }
  }

  String id() {
    return id;
  }

  Container now() {
    return containers.get(id);
  }

  /// Starts it and waits until it has written something.
  void startAndHear() {
    containers.start(id);
    // One that ends without a word is seen by whoever asks for what it has said.
    await(CompletableFuture.anyOf(spoken, attached.done()));
  }

  /// Runs it to its end, if it can be started.
  Ended run() {
    try {
      containers.start(id);
    } catch (DavitException e) {
      return Ended.refused(e);
    }
    return end();
  }

  /// Waits for its end and for all that it has written.
  ///
  /// @throws DavitException where it does not come
  Ended end() {
    await(attached.done());
    await(containers.waitFor(id, WaitCondition.NOT_RUNNING));
    return new Ended("", now().state().exitCode(), said());
  }

  /// What it has written up to now.
  String said() {
    return output.toString(StandardCharsets.ISO_8859_1);
  }

  private void await(CompletableFuture<?> event) {
    try {
      CompletableFuture.anyOf(event, cancelled).get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, "interrupted", null, e);
    } catch (ExecutionException e) {
      throw new DavitException(Kind.INTERNAL, String.valueOf(e.getMessage()), null, e);
    } catch (TimeoutException e) {
      throw new DavitException(
          Kind.UNAVAILABLE, "nothing has happened for %d seconds".formatted(SECONDS), null, e);
    }
    if (cancelled.isDone()) {
      throw new DavitException(Kind.UNAVAILABLE, "ended early");
    }
  }

  @Override
  public void close() {
    attached.close();
    containers.remove(id, true, true);
  }
}
