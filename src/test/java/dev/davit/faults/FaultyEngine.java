package dev.davit.faults;

import dev.davit.client.Frame;
import dev.davit.client.FrameChannel;
import dev.davit.client.Hello;
import dev.davit.client.Places;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// An engine process that can be told to die at one of its steps, and the client of it.
final class FaultyEngine {
  private static final int PATIENCE_SECONDS = 60;

  private final Places places;
  private final Process process;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private FaultyEngine(Places places, Process process) {
    this.places = places;
    this.process = process;
  }

  /// What a command has done: its exit code, or -1 where the engine went away.
  record Ran(int code, String out, String err) {
    Ran succeeds() {
      if (code != 0) {
        throw new AssertionError("exit code " + code + ": " + out + err);
      }
      return this;
    }
  }

  /// Starts an engine; returns when it answers or has died.
  ///
  /// @param first an order for [FaultPoints] from before its first step, or nothing
  /// @param wrapper words that the command line is put behind
  static FaultyEngine start(EngineHome home, Places places, String first, List<String> wrapper)
      throws IOException, InterruptedException {
    for (Path directory :
        List.of(places.natives(), places.run(), places.log().resolveSibling(""))) {
      Files.createDirectories(directory);
    }
    var command = new ArrayList<>(wrapper);
    command.addAll(home.command(places, first));
    var builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(places.output().toFile()));
    builder.environment().keySet().removeIf(name -> !List.of("HOME", "PATH").contains(name));
    builder.environment().put("DAVIT_ROOT", places.root().toString());
    builder.environment().put("DAVIT_RUN", places.run().toString());
    var engine = new FaultyEngine(places, builder.start());
    Thread.ofPlatform().daemon().start(engine::listen);
    engine.awaitSocket();
    return engine;
  }

  private void listen() {
    process.inputReader(StandardCharsets.UTF_8).lines().forEach(said::add);
  }

  private void awaitSocket() throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive()) {
      if (isReady()) {
        return;
      }
      if (System.nanoTime() > limit) {
        throw new AssertionError("the engine does not come up, see " + places.log());
      }
      Thread.sleep(5);
    }
  }

  // A child of the one before may have its socket for a moment yet.
  private boolean isReady() {
    try {
      return Files.readString(places.pid()).strip().equals(Long.toString(process.pid()));
    } catch (IOException e) {
      return false;
    }
  }

  private FrameChannel connect() throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(places.socket()));
      return new FrameChannel(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Waits for its end, which has been asked for.
  boolean dies(int seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// As [#kill], but nobody waits.
  void endNow() {
    process.destroyForcibly();
  }

  /// Runs a command to its end.
  Ran davit(Path directory, Map<String, String> environment, List<String> argv) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var env = new LinkedHashMap<>(environment);
    env.put("PATH", System.getenv("PATH"));
    int code = -1;
    try (var channel = connect()) {
      var hello = new Hello(places.build(), argv, directory.toString(), env, 0, Map.of());
      channel.send(Frame.HELLO, hello.encode());
      channel.send(Frame.END_OF_INPUT);
      Frame frame;
      do {
        frame = channel.read();
        switch (frame.type()) {
          case Frame.OUTPUT -> out.writeBytes(frame.payload());
          case Frame.ERROR -> err.writeBytes(frame.payload());
          case Frame.EXIT -> code = frame.number(0);
          default -> {}
        }
      } while (frame.type() != Frame.EXIT);
    } catch (IOException gone) {
      err.writeBytes(gone.toString().getBytes(StandardCharsets.UTF_8));
    }
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// The steps since the order `record`, in order, and how often each was made.
  Map<String, Integer> steps() throws InterruptedException {
    var steps = new LinkedHashMap<String, Integer>();
    for (String line : order("tell")) {
      String[] parts = line.split(" ", 2);
      steps.put(parts[1], Integer.parseInt(parts[0]));
    }
    return steps;
  }

  /// Gives an order for [FaultPoints] and returns the answer.
  List<String> order(String line) throws InterruptedException {
    try {
      said.clear();
      process.outputWriter(StandardCharsets.UTF_8).write(line + "\n");
      process.outputWriter(StandardCharsets.UTF_8).flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var lines = new ArrayList<String>();
    while (true) {
      String answer = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("the engine does not obey \"" + line + "\"");
      }
      if (answer.equals("done")) {
        return lines;
      }
      lines.add(answer);
    }
  }
}
