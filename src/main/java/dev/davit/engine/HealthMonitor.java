package dev.davit.engine;

import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Execs.ExecConfig;
import dev.davit.engine.Health.Probe;
import dev.davit.error.DavitException;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Pipe;
import dev.davit.runtime.Stdio;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Probes the containers that have a health check, as [HealthRules] say.
final class HealthMonitor {
  private static final int MOST_OUTPUT = 4096;
  private static final int KILLED = -1;

  private final Means means;
  private final ExecRunner runner;
  private final Gate gate = new Gate();
  private final Set<ExecRunner.Child> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  HealthMonitor(Means means, ExecRunner runner) {
    this.means = means;
    this.runner = runner;
  }

  static boolean probed(ContainerConfig config) {
    return config.health().map(health -> !health.disabled()).orElse(false);
  }

  /// Probes `task` at once and again and again while it is the container's task.
  void begin(Life life, Task task) {
    life.config()
        .health()
        .filter(config -> !config.disabled())
        .ifPresent(config -> Timers.now(() -> probe(life, task, config, 1)));
  }

  private void probe(Life life, Task task, HealthConfig config, int number) {
    if (gate.enter()) {
      try {
        probeInside(life, task, config, number);
      } finally {
        gate.leave();
      }
    }
  }

  private void probeInside(Life life, Task task, HealthConfig config, int number) {
    if (!is(life, task)) {
      return;
    }
    if (life.state().status() == Status.PAUSED) {
      again(life, task, config, number, config.interval());
      return;
    }
    Probe probe = run(life, config);
    if (closing || !is(life, task) || !life.state().alive()) {
      return;
    }
    Optional<Health> before = life.state().health();
    Container now =
        life.update(saved -> saved.with(state -> judge(state, probe, config, task.started())));
    tell(before, now);
    Health health = now.state().health().orElse(Health.STARTING);
    again(life, task, config, number + 1, HealthRules.pause(health, config, number));
  }

  private static boolean is(Life life, Task task) {
    return life.task().filter(task::equals).isPresent();
  }

  private static ContainerState judge(
      ContainerState state, Probe probe, HealthConfig config, Instant started) {
    // It may have ended meanwhile.
    return state.alive()
        ? Transitions.probed(
            state,
            HealthRules.after(state.health().orElse(Health.STARTING), probe, config, started))
        : state;
  }

  private void again(Life life, Task task, HealthConfig config, int number, Duration pause) {
    var _ = means.timers().after(pause, () -> probe(life, task, config, number));
  }

  private void tell(Optional<Health> before, Container now) {
    var status = now.state().health().map(Health::status);
    if (status.isPresent() && !status.equals(before.map(Health::status))) {
      String word = status.get().name().toLowerCase(Locale.ROOT);
      means.events().publish(now, "health_status: " + word, Map.of());
    }
  }

  private Probe run(Life life, HealthConfig config) {
    Instant start = Instant.now();
    try {
      return run(life, config, start);
    } catch (DavitException e) {
      return new Probe(start, Instant.now(), KILLED, String.valueOf(e.getMessage()));
    }
  }

  private Probe run(Life life, HealthConfig config, Instant start) {
    var output = new Limited();
    Pipe.Ends out = Pipe.open("probe");
    Pipe.setBlocking(out.read(), false);
    var pump = new Pump(means.loop(), means.reader(), out.read(), output);
    ExecRunner.Child child;
    try (Fd in = Kernel.open("/dev/null", Open.RDONLY, 0)) {
      ExecConfig exec = ExecConfig.of(words(config.test()));
      child = runner.start(life, exec, new Stdio.Pipes(in, out.write(), out.write()));
    } catch (RuntimeException e) {
      out.read().close();
      throw e;
    } finally {
      out.write().close();
    }
    pump.begin();
    int code = exitCode(child, config.timeout(), output);
    pump.finish().join();
    return new Probe(start, Instant.now(), code, output.text());
  }

  private int exitCode(ExecRunner.Child child, Duration timeout, Limited output) {
    running.add(child);
    try {
      if (closing) {
        child.kill(Signals.KILL);
      }
      return child.exit().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      child.kill(Signals.KILL);
      child.exit().join();
      output.replace("the probe took longer than " + timeout.toMillis() + " ms and was killed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      output.replace(String.valueOf(e.getMessage()));
    } finally {
      running.remove(child);
    }
    return KILLED;
  }

  /// Ends the probes that run, whose results nobody would read, and begins no more.
  boolean close(Duration patience) {
    closing = true;
    running.forEach(child -> child.kill(Signals.KILL));
    return gate.close(patience);
  }

  /// The words to execute.
  static List<String> words(List<String> test) {
    List<String> rest = test.subList(1, test.size());
    return test.getFirst().equals("CMD-SHELL")
        ? Stream.concat(Stream.of("/bin/sh", "-c"), rest.stream()).toList()
        : rest;
  }

  /// Keeps the first bytes.
  private static final class Limited extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      kept.write(bytes, offset, Math.min(length, MOST_OUTPUT - kept.size()));
    }

    synchronized void replace(String text) {
      kept.reset();
      kept.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
