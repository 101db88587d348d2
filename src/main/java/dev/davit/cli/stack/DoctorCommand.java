package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.engine.Statistics.Holding;
import dev.davit.engine.Stock;
import dev.davit.engine.Stock.Kind;
import dev.davit.format.Layout;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// `davit doctor`: what the machine has left of what containers share.
final class DoctorCommand {
  private final Machine machine;

  DoctorCommand(Machine machine) {
    this.machine = machine;
  }

  record Row(String resource, String used, String of, String most) {
    static final Layout<Row> LAYOUT =
        Layout.of(Row.class, "{{.Resource}}\t{{.Used}}\t{{.Of}}\t{{.Most}}");

    static Row of(Stock stock, Optional<Holding> most) {
      return new Row(
          stock.kind().words(),
          Shortages.amount(stock, stock.used()),
          Shortages.all(stock),
          most.map(it -> it.container() + " " + Shortages.amount(stock, it.amount())).orElse(""));
    }
  }

  @Command(
      name = "doctor",
      group = "Management Commands",
      description = "Show what this machine has left of what containers share",
      help = "Returns 1 where something has run out, and says which container has most of it.")
  int doctor(
      Session session,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format) {
    List<Row> rows =
        machine.statistics().machine().stream()
            .map(stock -> Row.of(stock, machine.statistics().most(stock.kind())))
            .toList();
    session.print(Row.LAYOUT.print(format, rows));
    List<String> shortages = new Shortages(machine.statistics()).of(EnumSet.allOf(Kind.class));
    shortages.forEach(session::warn);
    return shortages.isEmpty() ? 0 : 1;
  }
}
