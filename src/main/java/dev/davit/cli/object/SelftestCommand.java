package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.stack.Machine;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.selftest.Equipment;
import dev.davit.selftest.Selftest;
import dev.davit.selftest.Selftest.Tried;
import dev.davit.selftest.Verdict.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// `davit selftest`.
public final class SelftestCommand {
  private final Selftest selftest;
  private final ReentrantLock one = new ReentrantLock();

  /// @param run the run directory
  public SelftestCommand(Machine machine, Path run) {
    selftest =
        new Selftest(
            new Equipment(
                machine.containers(),
                machine.execs(),
                machine.archives(),
                machine.networks(),
                machine.volumes(),
                machine.store(),
                machine.root(),
                run));
  }

  private record Row(
      String check, String result, @Header("IF IT FAILS") String meaning, String reason) {
    static final Layout<Row> LAYOUT =
        Layout.of(Row.class, "{{.Check}}\t{{.Result}}\t{{.Meaning}}\t{{.Reason}}");

    static Row of(Tried tried) {
      return new Row(
          tried.name(),
          tried.verdict().outcome().word(),
          tried.meaning(),
          tried.verdict().reason());
    }
  }

  @Command(
      name = "selftest",
      group = ContainerLists.GROUP,
      description = "Try out on this machine's kernel what Davit promises of containers")
  int selftest(
      Session session,
      @Option(description = "Try out too whether containers are kept apart from the machine")
          boolean security,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          @Nullable String format) {
    if (!one.tryLock()) {
      throw new DavitException(
          Kind.CONFLICT, "a self test is running already", "wait until it has ended");
    }
    try {
      return run(session, security, format == null ? "" : format);
    } finally {
      one.unlock();
    }
  }

  private int run(Session session, boolean security, String format) {
    var cancelled = new CompletableFuture<Void>();
    var by = new AtomicReference<Signal>();
    session.onSignal(
        signal -> {
          by.set(signal);
          cancelled.complete(null);
        });
    List<Tried> tried = selftest.run(security, cancelled);
    session.print(Row.LAYOUT.print(format, tried.stream().map(Row::of).toList()));
    session.note(
        "%d ok, %d failed, %d skipped"
            .formatted(
                count(tried, Outcome.OK),
                count(tried, Outcome.FAILED),
                count(tried, Outcome.SKIPPED)));
    Signal signal = by.get();
    if (signal != null) {
      return signal.exitCode();
    }
    return count(tried, Outcome.FAILED) == 0 ? 0 : 1;
  }

  private static long count(List<Tried> tried, Outcome outcome) {
    return tried.stream().filter(it -> it.verdict().outcome() == outcome).count();
  }
}
