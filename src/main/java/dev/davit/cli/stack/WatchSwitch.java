package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.compose.Project;
import dev.davit.error.DavitException;
import dev.davit.watch.Rules;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Following the watch rules of a project, on or off.
final class WatchSwitch implements AutoCloseable {
  private final Session session;
  private final Machine machine;
  private final Project project;
  private final List<String> services;
  private final Consumer<String> tell;
  private @Nullable Watching watching;

  /// @param services whose rules; empty for all
  /// @param tell prints a line about what is done
  WatchSwitch(
      Session session,
      Machine machine,
      Project project,
      List<String> services,
      Consumer<String> tell) {
    this.session = session;
    this.machine = machine;
    this.project = project;
    this.services = services;
    this.tell = tell;
  }

  /// Begins; `failed` is called when nothing can be watched any more.
  synchronized void on(Rules rules, Runnable failed) {
    Watching begun = Watching.begin(session, machine, project, rules, tell);
    watching = begun;
    var _ = begun.failure().whenComplete((_, _) -> failed.run());
  }

  synchronized boolean isOn() {
    return watching != null;
  }

  /// Returns why it cannot be, or nothing.
  synchronized String toggle() {
    if (isOn()) {
      close();
      return "";
    }
    try {
      on(Watching.rules(session, project, services), this::close);
      return "";
    } catch (DavitException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    Watching open = watching;
    watching = null;
    if (open != null) {
      open.close();
    }
  }
}
