package dev.davit.cli;

import dev.davit.cli.Invocation.Ttys;
import dev.davit.client.Frame;
import dev.davit.client.FrameChannel;
import dev.davit.client.Hello;
import dev.davit.client.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client: reads its frames and keeps its [Session] going until there is an exit code. The
/// command runs on a thread of its own, so that signals arrive while it works.
final class Connection implements Screen {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final FrameChannel client;
  private final Uninterrupted writer = new Uninterrupted();
  private final CreditedInput in;
  private final CompletableFuture<Size> firstSize = new CompletableFuture<>();
  private final AtomicBoolean sizeAsked = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile Size size = Size.USUAL;
  private volatile Map<String, String> resumed = Map.of();
  private volatile HostProgram host = HostProgram.ENDED;

  Connection(FrameChannel client) {
    this.client = client;
    this.in = new CreditedInput(bytes -> writer.run(() -> client.send(Frame.CREDIT, bytes)));
  }

  /// Runs the command that `hello` names, and returns when the client has gone.
  ///
  /// @param witness is told each command line that is run
  void serve(Hello hello, CommandLine commands, Consumer<List<String>> witness) throws IOException {
    resumed = hello.resumed();
    Invocation invocation = invocation(hello, witness);
    var session = new Session(invocation, streams(), this, signal -> end(signal.exitCode()));
    // A platform thread: commands are called by reflection, whose native frame would pin a virtual
    // thread to its carrier; two waiting commands would stop all virtual threads on two cores.
    Thread.ofPlatform().daemon().name("session").start(() -> end(commands.runSession(session)));
    try {
      while (true) {
        receive(client.read(), session);
      }
    } finally {
      in.end();
      firstSize.complete(size);
      host.ended(Signal.HUP.exitCode());
      if (!ended.get()) {
        session.hangUp();
      }
      writer.close();
    }
  }

  private void receive(Frame frame, Session session) throws IOException {
    switch (frame.type()) {
      case Frame.INPUT -> in.add(frame.payload());
      case Frame.END_OF_INPUT -> in.end();
      case Frame.SIGNAL -> Signal.of(frame.number(0)).ifPresent(session::deliver);
      case Frame.SIZE -> {
        size = new Size(frame.number(0), frame.number(1));
        if (!firstSize.complete(size)) {
          session.resized(size);
        }
      }
      case Frame.RAN -> host.ended(frame.number(0));
      default -> throw new IOException("frame of type " + frame.type());
    }
  }

  /// Sends the exit code, once. What the command prints afterwards is lost.
  private void end(int code) {
    if (ended.compareAndSet(false, true)) {
      try {
        writer.run(() -> client.send(Frame.EXIT, code));
      } catch (IOException gone) {
        LOG.debug("client went before its exit code {}", code, gone);
      }
    }
  }

  private static Invocation invocation(Hello hello, Consumer<List<String>> witness) {
    var ttys = new Ttys((hello.ttys() & 1) != 0, (hello.ttys() & 2) != 0, (hello.ttys() & 4) != 0);
    return new Invocation(hello.argv(), Path.of(hello.cwd()), hello.env(), ttys, witness);
  }

  private Session.Streams streams() {
    return new Session.Streams(in, new Output(Frame.OUTPUT), new Output(Frame.ERROR));
  }

  @Override
  public Size size() {
    if (sizeAsked.compareAndSet(false, true)) {
      try {
        writer.run(() -> client.send(Frame.ASK_SIZE));
      } catch (IOException gone) {
        firstSize.complete(size);
      }
    }
    firstSize.join();
    return size;
  }

  @Override
  public void mode(Mode mode) {
    try {
      writer.run(() -> client.send(Frame.MODE, mode.number));
    } catch (IOException gone) {
      // The client restores its terminal when it ends.
    }
  }

  @Override
  public boolean show(boolean error, byte[] bytes, String key, String value) throws IOException {
    byte[] shown = new Shown(error, key, value, bytes).encode();
    writer.run(() -> client.send(Frame.SHOWN, shown));
    return true;
  }

  @Override
  public Map<String, String> resumed() {
    return resumed;
  }

  @Override
  public HostProgram run(String command, Path directory, boolean piped) throws IOException {
    var program =
        new HostProgram(
            new Output(Frame.PIPE), () -> writer.run(() -> client.send(Frame.END_OF_PIPE)));
    host = program;
    char kind = piped ? Frame.PIPED : Frame.UNPIPED;
    byte[] what = (kind + directory.toString() + '\0' + command).getBytes(StandardCharsets.UTF_8);
    writer.run(() -> client.send(Frame.RUN, what));
    return program;
  }

  /// One of the client's output streams.
  private final class Output extends OutputStream {
    private static final int CHUNK = 32 * 1024;
    private final int type;

    Output(int type) {
      this.type = type;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (ended.get()) {
        throw new IOException("session has ended");
      }
      for (int done = 0; done < length; done += CHUNK) {
        int from = offset + done;
        int count = Math.min(CHUNK, length - done);
        writer.run(() -> client.send(type, bytes, from, count));
      }
    }
  }
}
