package dev.davit.reconcile;

import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Containers;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.engine.Execs;
import dev.davit.engine.Logs;
import dev.davit.engine.MountConfig;
import dev.davit.error.Culprit;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.Operation.Moment;
import dev.davit.reconcile.Operation.RunHook;
import dev.davit.reconcile.Operation.RunPreStart;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs hooks to their ends and tells what they write.
final class HookRunner {
  private final Containers containers;
  private final Execs execs;
  private final Logs logs;

  HookRunner(Containers containers, Execs execs, Logs logs) {
    this.containers = containers;
    this.execs = execs;
    this.logs = logs;
  }

  /// Runs a command in a container; throws if it fails.
  Optional<String> run(RunHook hook, Cancellation cancel, Consumer<String> output) {
    Container container = containers.get(hook.ref());
    boolean mayHaveEnded = hook.moment() == Moment.PRE_STOP || Labels.oneOff(container);
    if (mayHaveEnded && container.state().status() != Status.RUNNING) {
      return Optional.of(hook.cause() + " is not run: the container has ended by itself");
    }
    var out = new HookOutput(output);
    var err = new HookOutput(output);
    String id = execs.create(hook.ref(), hook.command());
    var end = execs.start(id, new Execs.Streams(InputStream.nullInputStream(), out, err));
    cancel.onCancel(() -> execs.kill(id, "KILL"));
    int code = end.join();
    out.end();
    err.end();
    if (code != 0) {
      throw failure(
          hook.subject(),
          "",
          code,
          err.last().isEmpty() ? out.last() : err.last(),
          new Culprit(Culprit.Part.HOOK, hook.moment().word() + "[" + (hook.index() - 1) + "]"));
    }
    return Optional.empty();
  }

  /// Runs a container of its own beside `replica`, which is to start after it. If it fails it is
  /// kept, for the user to look at.
  void preStart(
      RunPreStart step, ContainerConfig config, Cancellation cancel, Consumer<String> output) {
    containers
        .find(config.name())
        .filter(Labels::isHook)
        .ifPresent(left -> containers.remove(left.id(), true, true));
    Container replica = containers.get(step.ref());
    var volumes =
        replica.mounts().stream()
            .filter(mount -> mount.type() == MountConfig.Type.VOLUME)
            .map(Container.Mount::target)
            .toList();
    Container made = containers.create(Inheritance.volumes(config, replica, volumes));
    containers.start(made.id());
    cancel.onCancel(() -> kill(made));
    var out = new HookOutput(output);
    var err = new HookOutput(output);
    try (var following =
        logs.follow(
            List.of(made.id()),
            Logs.Query.ALL,
            line ->
                (line.stream() == Logs.Stream.STDERR ? err : out)
                    .add(line.text(), !line.partial()))) {
      following.done().join();
    }
    Container ended = containers.waitFor(made.id(), WaitCondition.NOT_RUNNING).join();
    int code = ended.state().exitCode();
    if (code != 0) {
      throw failure(
          step.subject(),
          "pre_start ",
          code,
          err.last().isEmpty() ? out.last() : err.last(),
          new Culprit(Culprit.Part.HOOK, "pre_start[" + (step.index() - 1) + "]"));
    }
    containers.remove(made.id(), true, true);
  }

  // It may have ended, and been removed, by itself.
  private void kill(Container hook) {
    try {
      containers.kill(hook.id(), "KILL");
    } catch (DavitException e) {
      if (e.kind() != Kind.WRONG_STATE && e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
  }

  private static DavitException failure(
      Subject subject, String moment, int code, List<String> lines, Culprit culprit) {
    String last = lines.isEmpty() ? "" : ": " + String.join("; ", lines);
    return new DavitException(
            Kind.UNAVAILABLE,
            "%s %shook exited with status %d%s".formatted(subject.service(), moment, code, last))
        .about(culprit);
  }
}
