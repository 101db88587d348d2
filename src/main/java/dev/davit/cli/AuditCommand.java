package dev.davit.cli;

import dev.davit.cli.audit.AuditEntry;
import dev.davit.cli.audit.AuditLog;
import dev.davit.format.Layout;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// Shows who asked the engine for what.
public final class AuditCommand {
  private final AuditLog audit;

  public AuditCommand(AuditLog audit) {
    this.audit = audit;
  }

  /// A line of it as a list shows it.
  record Line(String time, String user, String pid, String command) {
    static final Layout<Line> LAYOUT =
        Layout.of(Line.class, "{{.Time}}\t{{.User}}\t{{.Pid}}\t{{.Command}}");

    static Line of(AuditEntry entry) {
      String user = entry.login().isEmpty() ? entry.user() : entry.login() + " as " + entry.user();
      String said =
          entry.note().isEmpty()
              ? "davit " + String.join(" ", entry.command())
              : "(" + entry.note() + ")";
      return new Line(
          entry.time().truncatedTo(ChronoUnit.SECONDS).toString(),
          user,
          entry.pid() == 0 ? "" : Integer.toString(entry.pid()),
          said.replaceAll("\\p{Cntrl}+", " "));
    }
  }

  @Command(
      name = {"engine", "audit"},
      description = "Show who called for which command")
  void audit(
      Session session,
      @Option(
              shortName = 'n',
              longName = "tail",
              defaultValue = "100",
              description = "Lines from the end, -1 for all")
          int tail,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format)
      throws IOException {
    List<Line> lines = audit.entries().stream().map(Line::of).toList();
    int from = tail < 0 ? 0 : Math.max(0, lines.size() - tail);
    session.print(Line.LAYOUT.print(format, lines.subList(from, lines.size())));
  }
}
