package dev.davit.engine;

import dev.davit.cgroup.Cgroup;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Logs.Stream;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Pipe;
import dev.davit.linux.SyscallException;
import dev.davit.runtime.Starter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One container of an earlier engine: at first it is only known what became of it ([#look]), and
/// the work that follows is done by whoever needs the container first ([#run]). What fails is tried
/// again by the next one who needs it.
final class Takeover implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

  private final Means means;
  private final Supervisor supervisor;
  private final Creation creation;
  private final Life life;
  private final ReentrantLock lock = new ReentrantLock();
  private Runnable rest = () -> {};
  private boolean done;

  Takeover(Means means, Supervisor supervisor, Creation creation, Life life) {
    this.means = means;
    this.supervisor = supervisor;
    this.creation = creation;
    this.life = life;
  }

  /// Finds out what became of it and records that; takes no time.
  void look() {
    rest = this::again; // what is thrown leaves it to be looked at again
    rest =
        switch (life.state().status()) {
          case CREATED -> this::sweep;
          case RUNNING, PAUSED -> isAlive() ? found() : lost();
          case RESTARTING -> this::endUnknown;
          case EXITED, DEAD -> over();
          case REMOVING -> () -> creation.remove(life, false);
        };
  }

  private void again() {
    look();
    rest.run();
  }

  /// Does what is left to do, once.
  @Override
  public void run() {
    lock.lock();
    try {
      if (!done) {
        rest.run();
        done = true;
        life.obstacle("");
      }
    } catch (RuntimeException | Error e) {
      LOG.error("container {} is not taken over", life.name(), e);
      life.obstacle(String.valueOf(e.getMessage()));
    } finally {
      lock.unlock();
    }
  }

  private boolean isAlive() {
    Saved saved = life.saved();
    return saved.bootId().equals(supervisor.bootId())
        && Boot.startTime(saved.state().pid()).equals(Optional.of(saved.startTime()));
  }

  private Runnable found() {
    supervisor.found(life);
    return this::take;
  }

  private Runnable lost() {
    boolean sameBoot = life.saved().bootId().equals(supervisor.bootId());
    boolean again = supervisor.unseen(life);
    return () -> {
      if (sameBoot) {
        endUnknown();
        salvage();
      }
      if (!again) {
        supervisor.leave(life);
      }
    };
  }

  private void salvage() {
    try {
      means.output(life).salvage().join();
    } catch (RuntimeException e) {
      LOG.warn("the last words of container {} are not in its log", life.name(), e);
    }
    life.log().close();
  }

  private Runnable over() {
    Saved saved = life.saved();
    boolean again =
        saved.state().status() == Status.EXITED
            && Restarts.atOpen(
                life.config().restart(),
                saved.state().exitCode(),
                saved.restartCount(),
                saved.stoppedByHand());
    if (!again) {
      return this::sweep;
    }
    life.update(now -> now.with(state -> Transitions.to(state, Status.RESTARTING)));
    return this::endUnknown;
  }

  // An engine that died between the start and its record has left a process nobody knows of.
  private void endUnknown() {
    Cgroup cgroup = cgroup();
    cgroup.kill();
    cgroup.remove();
  }

  // Of one that does not run nothing is left, unless the engine has died in the midst.
  private void sweep() {
    Path directory = means.directories().runContainer(life.id());
    if (cgroup().isThere()
        || Files.exists(directory)
        || means.networks().sandboxes().contains(life.id())) {
      LOG.info("what container {} has left is removed", life.name());
      endUnknown();
      supervisor.leave(life);
    }
  }

  private Cgroup cgroup() {
    return means.cgroups().open(Means.cgroupPath(life));
  }

  private void take() {
    int pid = life.state().pid();
    Optional<Fd> pidfd = open(pid);
    // Compared after it is open: from now on the number cannot be another's.
    if (pidfd.isEmpty() || !isAlive()) {
      pidfd.ifPresent(Fd::close);
      lost().run();
      return;
    }
    var output = means.output(life);
    try {
      supervisor.adopt(life, task(pid, pidfd.get(), output));
    } catch (RuntimeException | Error e) {
      life.dropTask();
      output.abandon();
      pidfd.get().close();
      throw e;
    }
  }

  private static Optional<Fd> open(int pid) {
    try {
      return Optional.of(Kernel.pidfdOpen(pid));
    } catch (SyscallException e) {
      if (e.errno() == Errno.ESRCH || e.errno() == Errno.EINVAL) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Task task(int pid, Fd pidfd, Output output) {
    Optional<Fd> terminal = Optional.empty();
    Optional<Input> stdin = Optional.empty();
    if (life.config().command().tty()) {
      terminal = Optional.of(Starter.adoptTerminal(pidfd));
      output.open(terminal.get(), Stream.STDOUT);
      Pipe.setBlocking(terminal.get(), false);
    } else {
      var streams = new Streams(directory());
      output(output, streams, pidfd, Stream.STDOUT);
      output(output, streams, pidfd, Stream.STDERR);
      stdin = streams.writing().or(() -> input(pidfd));
    }
    Instant started = life.state().startedAt().orElseGet(Instant::now);
    return new Task(pid, pidfd, cgroup(), output, terminal, stdin, started);
  }

  // The next engine looks there for what runs.
  private Path directory() {
    try {
      return Files.createDirectories(means.directories().runContainer(life.id()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void output(Output output, Streams streams, Fd pidfd, Stream stream) {
    streams
        .finding(stream)
        .or(() -> Inherited.reading(pidfd, stream))
        .ifPresentOrElse(
            fd -> output.open(fd, stream),
            () ->
                LOG.warn(
                    "what container {} writes to its {} is lost: the pipe is gone from {}",
                    life.name(),
                    stream.word(),
                    means.directories().runContainer(life.id())));
  }

  private Optional<Input> input(Fd pidfd) {
    return life.config().command().openStdin() ? Inherited.writing(pidfd) : Optional.empty();
  }
}
