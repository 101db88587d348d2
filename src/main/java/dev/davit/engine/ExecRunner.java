package dev.davit.engine;

import dev.davit.cgroup.Entry;
import dev.davit.engine.Execs.ExecConfig;
import dev.davit.image.UserIds;
import dev.davit.linux.Epoll;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Pidfd;
import dev.davit.runtime.Capability;
import dev.davit.runtime.ExecSpec;
import dev.davit.runtime.ProcessSpec;
import dev.davit.runtime.Seccomp;
import dev.davit.runtime.Started;
import dev.davit.runtime.Stdio;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Starts further processes in running containers and waits for their ends.
final class ExecRunner {
  private final Means means;
  private final Launch launch;

  ExecRunner(Means means, Launch launch) {
    this.means = means;
    this.launch = launch;
  }

  /// A process that runs.
  ///
  /// @param terminal the engine's end, the caller's to close
  /// @param exit its exit code; completed on the loop's thread
  record Child(int pid, Fd pidfd, Optional<Fd> terminal, CompletableFuture<Integer> exit) {
    void kill(int signal) {
      synchronized (exit) {
        if (!exit.isDone()) {
          Kernel.sendSignal(pidfd, signal);
        }
      }
    }
  }

  /// Throws [dev.davit.error.NotStartedException].
  ///
  /// @param stdio the caller's to close
  Child start(Life life, ExecConfig config, Stdio stdio) {
    Task task = life.running();
    try (Fd leader = leader(life, task);
        Fd root = root(task)) {
      // Both are of the container if this one is still its process.
      Kernel.sendSignal(leader, 0);
      return start(life, config, stdio, new Place(task, leader, root));
    }
  }

  /// The programs in the container's PATH.
  List<String> programs(Life life) {
    Task task = life.running();
    try (Fd leader = leader(life, task);
        Fd root = root(task)) {
      Kernel.sendSignal(leader, 0);
      List<String> env = launch.arguments(life).env();
      return List.copyOf(
          ProgramNames.in(root, Arguments.value(env, "PATH").orElse(Arguments.PATH)));
    }
  }

  private static Fd root(Task task) {
    return Kernel.open("/proc/" + task.pid() + "/root", Open.PATH | Open.DIRECTORY, 0);
  }

  /// A descriptor of the container's process that its end does not close.
  private static Fd leader(Life life, Task task) {
    Fd leader = Kernel.pidfdOpen(task.pid());
    if (life.task().filter(task::equals).isEmpty()) {
      leader.close();
      life.running();
    }
    return leader;
  }

  private record Place(Task task, Fd leader, Fd root) {}

  private Child start(Life life, ExecConfig config, Stdio stdio, Place place) {
    ProcessSpec spec = spec(life, place.root(), config);
    try (Entry entry = place.task().cgroup().entry()) {
      Started started =
          means
              .starter()
              .execs()
              .start(
                  new ExecSpec(life.name(), spec),
                  place.task().pid(),
                  place.leader(),
                  entry,
                  stdio);
      var process =
          new Child(started.pid(), started.pidfd(), started.terminal(), new CompletableFuture<>());
      watch(process);
      return process;
    }
  }

  private ProcessSpec spec(Life life, Fd root, ExecConfig config) {
    Arguments own = launch.arguments(life);
    String asked = config.user().orElse(own.user());
    List<String> env = Arguments.merge(own.env(), config.env());
    String cwd = config.workingDir().orElse(own.cwd());
    List<String> groups = config.user().isPresent() ? List.of() : life.config().command().groups();
    UserIds user = Launch.user(root, asked, groups);
    String program = new ProgramLookup(root, List.of()).find(config.command().getFirst(), env, cwd);
    var arguments = new Arguments(config.command(), env, cwd, asked);
    ProcessSpec spec = Specs.process(life.granted(), program, arguments, user);
    return config.privileged() ? privileged(spec) : spec;
  }

  private static ProcessSpec privileged(ProcessSpec spec) {
    return new ProcessSpec(
        spec.path(),
        spec.args(),
        spec.env(),
        spec.cwd(),
        spec.uid(),
        spec.gid(),
        spec.groups(),
        Capability.held(),
        spec.rlimits(),
        spec.noNewPrivileges(),
        Seccomp.UNCONFINED,
        spec.confinement(),
        spec.oomScoreAdj());
  }

  private void watch(Child process) {
    var _ =
        means
            .loop()
            .call(
                () -> {
                  var watch = new EventLoop.Watch[1];
                  watch[0] =
                      means
                          .loop()
                          .watch(process.pidfd(), Epoll.IN, events -> ended(process, watch[0]));
                  return watch[0];
                });
  }

  private static void ended(Child process, EventLoop.Watch watch) {
    watch.end();
    int code = Pidfd.reap(process.pidfd()).orElse(255);
    synchronized (process.exit()) {
      process.exit().complete(code);
      process.pidfd().close();
    }
  }
}
