package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.NotStartedException;
import dev.davit.format.Redaction;
import dev.davit.linux.Fd;
import dev.davit.linux.Pipe;
import dev.davit.runtime.Starter;
import dev.davit.runtime.Stdio;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The verbs of [Execs].
final class ExecVerbs implements Execs {
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final Means means;
  private final ExecRunner runner;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  ExecVerbs(Means means, ExecRunner runner) {
    this.means = means;
    this.runner = runner;
  }

  private static final class Entry {
    private final String id;
    private final Life life;
    private final ExecConfig config;
    private volatile Stdio.Terminal size = new Stdio.Terminal(24, 80);
    private volatile ExecRunner.@Nullable Child process;
    private volatile OptionalInt exitCode = OptionalInt.empty();
    private boolean started;

    Entry(String id, Life life, ExecConfig config) {
      this.id = id;
      this.life = life;
      this.config = config;
    }

    synchronized void start() {
      if (started) {
        throw new DavitException(Kind.CONFLICT, "exec \"" + id + "\" has been started before");
      }
      started = true;
    }
  }

  @Override
  public String create(String container, ExecConfig config) {
    Life life = means.lives().get(container);
    Transitions.require(Transitions.Verb.EXEC, life.name(), life.state().status());
    if (config.command().isEmpty()) {
      throw new DavitException(Kind.INVALID, "no command to execute", "write one");
    }
    var entry = new Entry(Ids.next(), life, config);
    entries.put(entry.id, entry);
    publish(entry, "exec_create: " + said(config), Map.of());
    return entry.id;
  }

  @Override
  public List<String> programs(String container) {
    return runner.programs(means.lives().get(container));
  }

  // Whoever may see events need not know the passwords in a command.
  private static String said(ExecConfig config) {
    return String.join(" ", Redaction.of(config.command()));
  }

  private void publish(Entry entry, String action, Map<String, String> more) {
    var attributes = new java.util.HashMap<>(more);
    attributes.put("execID", entry.id);
    means.events().publish(entry.life.container(), action, attributes);
  }

  private Entry entry(String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw new DavitException(Kind.NOT_FOUND, "exec \"" + id + "\" does not exist");
    }
    return entry;
  }

  @Override
  public CompletableFuture<Integer> start(String id, Streams streams) {
    Entry entry = entry(id);
    entry.start();
    publish(entry, "exec_start: " + said(entry.config), Map.of());
    try {
      return entry.config.tty() ? onTerminal(entry, streams) : onPipes(entry, streams);
    } catch (NotStartedException e) {
      return refused(entry, streams, e);
    } catch (RuntimeException e) {
      ended(entry, 126);
      throw e;
    }
  }

  private CompletableFuture<Integer> refused(
      Entry entry, Streams streams, NotStartedException why) {
    try {
      byte[] line = ("davit: " + why.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
      (entry.config.tty() ? streams.out() : streams.err()).write(line);
    } catch (IOException e) {
      // The exit code says it too.
    }
    ended(entry, why.exitCode());
    return CompletableFuture.completedFuture(why.exitCode());
  }

  private CompletableFuture<Integer> onTerminal(Entry entry, Streams streams) {
    ExecRunner.Child process = runner.start(entry.life, entry.config, entry.size);
    entry.process = process;
    Fd terminal = process.terminal().orElseThrow();
    Starter.resize(terminal, entry.size); // it may have changed while the process was made
    Pipe.setBlocking(terminal, false);
    var out = new Pump(means.loop(), means.reader(), terminal, streams.out());
    var in = new Feeder(means.loop(), streams.in(), terminal, () -> {});
    out.begin();
    Thread feeding = in.begin();
    return end(entry, process, List.of(out), () -> stop(in, feeding));
  }

  private CompletableFuture<Integer> onPipes(Entry entry, Streams streams) {
    Pipe.Ends in = Pipe.open("stdin");
    Pipe.Ends out = Pipe.open("stdout");
    Pipe.Ends err = Pipe.open("stderr");
    try {
      var stdio = new Stdio.Pipes(in.read(), out.write(), err.write());
      ExecRunner.Child process = runner.start(entry.life, entry.config, stdio);
      entry.process = process;
      List.of(in.write(), out.read(), err.read()).forEach(fd -> Pipe.setBlocking(fd, false));
      var pumps =
          List.of(
              new Pump(means.loop(), means.reader(), out.read(), streams.out()),
              new Pump(means.loop(), means.reader(), err.read(), streams.err()));
      var feeder = new Feeder(means.loop(), streams.in(), in.write(), in.write()::close);
      pumps.forEach(Pump::begin);
      Thread feeding = feeder.begin();
      return end(entry, process, pumps, () -> stop(feeder, feeding));
    } catch (RuntimeException e) {
      List.of(in.write(), out.read(), err.read()).forEach(Fd::close);
      throw e;
    } finally {
      List.of(in.read(), out.write(), err.write()).forEach(Fd::close);
    }
  }

  private static void stop(Feeder feeder, Thread feeding) {
    feeder.end();
    feeding.interrupt();
  }

  private CompletableFuture<Integer> end(
      Entry entry, ExecRunner.Child process, List<Pump> pumps, Runnable stopInput) {
    return process
        .exit()
        .thenApplyAsync(
            code -> {
              stopInput.run();
              var written = new ArrayList<CompletableFuture<Void>>();
              pumps.forEach(pump -> written.add(pump.finish()));
              written.forEach(CompletableFuture::join);
              ended(entry, code);
              return code;
            },
            Thread::startVirtualThread);
  }

  private void ended(Entry entry, int code) {
    entry.exitCode = OptionalInt.of(code);
    entry.process = null;
    publish(entry, "exec_die", Map.of("exitCode", Integer.toString(code)));
    var _ = means.timers().after(REMEMBERED, () -> entries.remove(entry.id));
  }

  @Override
  public Exec inspect(String id) {
    Entry entry = entry(id);
    var process = Optional.ofNullable(entry.process);
    return new Exec(
        id,
        entry.life.id(),
        entry.config,
        process.isPresent(),
        process.map(ExecRunner.Child::pid).orElse(0),
        entry.exitCode);
  }

  @Override
  public void kill(String id, String signal) {
    int number = Signals.parse(signal);
    Optional.ofNullable(entry(id).process).ifPresent(process -> process.kill(number));
  }

  @Override
  public void resize(String id, int rows, int columns) {
    Entry entry = entry(id);
    entry.size = new Stdio.Terminal(rows, columns);
    Optional.ofNullable(entry.process)
        .flatMap(ExecRunner.Child::terminal)
        .ifPresent(terminal -> Starter.resize(terminal, entry.size));
  }
}
