package dev.davit.cli.object;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.stack.Machine;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.stored.Aside;
import java.util.List;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// `davit engine aside …`: what the engine could not use and has moved out of its way.
final class AsideCommands {
  private final Machine machine;

  AsideCommands(Machine machine) {
    this.machine = machine;
  }

  /// Something that is set aside, as a list shows it.
  record Row(
      @Header("ID") @JsonProperty("ID") String id,
      String kind,
      String name,
      String why,
      String from,
      String place) {
    static final Layout<Row> LAYOUT =
        Layout.of(Row.class, "{{.ID}}\t{{.Kind}}\t{{.Name}}\t{{.Why}}");

    static Row of(Aside.Entry entry) {
      return new Row(
          entry.id(),
          entry.thing().kind(),
          entry.thing().name(),
          entry.why(),
          entry.from(),
          entry.place().toString());
    }
  }

  private Aside aside() {
    return new Aside(machine.root());
  }

  @Command(
      name = {"engine", "aside", "ls"},
      description = "List what could not be used and was set aside")
  void ls(
      Session session,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(shortName = 'q', description = "Only display ids") boolean quiet) {
    List<Row> rows = aside().list().stream().map(Row::of).toList();
    session.print(Row.LAYOUT.print(quiet ? "{{.ID}}" : format, rows));
  }

  @Command(
      name = {"engine", "aside", "rm"},
      description = "Remove for good what was set aside")
  @Usage("[ID...]")
  int rm(
      Session session,
      @Option(shortName = 'a', description = "Remove all that is set aside") boolean all,
      @Arguments List<String> ids) {
    if (all && !ids.isEmpty()) {
      throw new UsageException("--all and ids are incompatible", null);
    }
    List<String> chosen = all ? aside().list().stream().map(Aside.Entry::id).toList() : ids;
    return all && chosen.isEmpty() ? 0 : Each.run(session, "id", chosen, aside()::remove);
  }
}
