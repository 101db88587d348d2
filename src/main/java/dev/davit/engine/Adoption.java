package dev.davit.engine;

import dev.davit.cgroup.Cgroup;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Logs.Stream;
import dev.davit.engine.Transitions.End;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Pipe;
import dev.davit.linux.SyscallException;
import dev.davit.runtime.Starter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an engine does with the containers that an earlier one has left: those that run are taken
/// over, for the others their policy decides, and what belongs to nobody is removed.
final class Adoption {
  private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

  private final Means means;
  private final Supervisor supervisor;
  private final Creation creation;
  private final ContentStore contents;

  Adoption(Means means, Supervisor supervisor, Creation creation, ContentStore contents) {
    this.means = means;
    this.supervisor = supervisor;
    this.creation = creation;
    this.contents = contents;
  }

  /// Takes over everything; returns the containers that their policies want to run again, and that
  /// wait for it.
  List<Life> run() {
    for (StateFiles.Stored stored : means.files().load(Adoption::discard)) {
      Definition definition = stored.definition();
      Path directory = means.directories().container(definition.id());
      Life life = Creation.life(means, definition, stored.saved(), directory);
      life.contents(contents.digests(life.id(), targets(life)));
      means.lives().reserve(life.name(), life.id());
      means.lives().add(life);
    }
    for (Life life : means.lives().all()) {
      adopt(life);
    }
    sweep();
    return means.lives().all().stream().filter(Adoption::restarting).toList();
  }

  private static List<String> targets(Life life) {
    return life.config().mounts().stream()
        .filter(mount -> mount.file().isPresent())
        .map(MountConfig::target)
        .toList();
  }

  private static void discard(Path directory) {
    LOG.warn("{} is no container and removed", directory);
    StateFiles.delete(directory);
  }

  private void adopt(Life life) {
    try {
      switch (life.state().status()) {
        case CREATED -> {}
        case RUNNING, PAUSED -> {
          if (!alive(life)) {
            lost(life);
          }
        }
        case RESTARTING -> endUnknown(life);
        case EXITED, DEAD -> ended(life);
        case REMOVING -> creation.remove(life, false);
      }
    } catch (RuntimeException e) {
      LOG.error("container {} is not taken over", life.name(), e);
    }
  }

  // Whether its process runs and is watched now.
  private boolean alive(Life life) {
    Saved saved = life.saved();
    int pid = saved.state().pid();
    if (!saved.bootId().equals(supervisor.bootId())) {
      return false;
    }
    Optional<Fd> pidfd = open(pid);
    // Compared after it is open: from now on the number cannot be another's.
    if (pidfd.isPresent() && Boot.startTime(pid).equals(Optional.of(saved.startTime()))) {
      take(life, pid, pidfd.get());
      return true;
    }
    pidfd.ifPresent(Fd::close);
    return false;
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

  private void take(Life life, int pid, Fd pidfd) {
    Cgroup cgroup = means.cgroups().open(Means.cgroupPath(life));
    var streams = new Streams(means.directories().runContainer(life.id()));
    var output = means.output(life);
    Optional<Fd> terminal = Optional.empty();
    if (life.config().command().tty()) {
      terminal = Optional.of(Starter.adoptTerminal(pidfd));
      Pipe.setBlocking(terminal.get(), false);
      output.open(terminal.get(), Stream.STDOUT);
    } else {
      output.open(streams.reading(Stream.STDOUT), Stream.STDOUT);
      output.open(streams.reading(Stream.STDERR), Stream.STDERR);
    }
    Optional<Input> stdin = terminal.isPresent() ? Optional.empty() : streams.writing();
    Instant started = life.state().startedAt().orElseGet(Instant::now);
    var task = new Task(pid, pidfd, cgroup, output, terminal, stdin, started);
    supervisor.adopt(life, task);
  }

  // It has ended while no engine was there to see it.
  private void lost(Life life) {
    Cgroup cgroup = means.cgroups().open(Means.cgroupPath(life));
    boolean sameBoot = life.saved().bootId().equals(supervisor.bootId());
    if (sameBoot) {
      cgroup.kill();
      cgroup.remove();
      salvage(life);
    }
    String error =
        sameBoot
            ? "exit code unknown: it ended while no engine was running"
            : "exit code unknown: the machine was restarted";
    var end = new End(255, false, error, Instant.now());
    boolean again = atOpen(life, 255);
    if (!again) {
      supervisor.leave(life);
    }
    life.update(saved -> saved.with(state -> Transitions.ended(state, end, again)));
  }

  private void salvage(Life life) {
    try {
      means.output(life).salvage().join();
    } catch (RuntimeException e) {
      LOG.warn("the last words of container {} are not in its log", life.name(), e);
    }
    life.log().close();
  }

  private void ended(Life life) {
    if (life.state().status() == Status.EXITED && atOpen(life, life.state().exitCode())) {
      endUnknown(life);
      life.update(saved -> saved.with(state -> Transitions.to(state, Status.RESTARTING)));
    }
  }

  // An engine that died between the start and its record has left a process nobody knows of.
  private void endUnknown(Life life) {
    Cgroup cgroup = means.cgroups().open(Means.cgroupPath(life));
    cgroup.kill();
    cgroup.remove();
  }

  private static boolean atOpen(Life life, int exitCode) {
    Saved saved = life.saved();
    return Restarts.atOpen(
        life.config().restart(), exitCode, saved.restartCount(), saved.stoppedByHand());
  }

  // Run directories of containers that do not exist or do not run name cgroups and networks.
  private void sweep() {
    for (Path directory : StateFiles.list(means.directories().runContainers())) {
      String id = String.valueOf(directory.getFileName());
      Optional<Life> life = means.lives().find(id);
      boolean used = life.map(known -> known.task().isPresent() || restarting(known)).orElse(false);
      if (!used) {
        LOG.info("what container {} has left is removed", id);
        sweep(id, directory, life.map(Means::cgroupPath).orElseGet(() -> Means.cgroupPath(id)));
      }
    }
    contents.ids().stream()
        .filter(id -> means.lives().find(id).isEmpty())
        .forEach(contents::forget);
  }

  private static boolean restarting(Life life) {
    return life.state().status() == Status.RESTARTING;
  }

  private void sweep(String id, Path directory, String path) {
    try {
      Cgroup cgroup = means.cgroups().open(path);
      cgroup.kill();
      cgroup.remove();
      means.networks().removeSandbox(id);
      StateFiles.delete(directory);
    } catch (RuntimeException e) {
      LOG.warn("{} is not removed", directory, e);
    }
  }
}
