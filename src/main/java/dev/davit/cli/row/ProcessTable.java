package dev.davit.cli.row;

import dev.davit.engine.Container;
import dev.davit.engine.Statistics.ProcessState;
import dev.davit.format.Table;
import dev.davit.reconcile.Labels;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Processes of containers in the columns of `ps -ef`.
public final class ProcessTable {
  private static final List<String> COLUMNS =
      List.of("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD");
  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter EARLIER =
      DateTimeFormatter.ofPattern("MMMdd", Locale.ROOT);

  private final boolean services;
  private final Table table;
  private final ZonedDateTime now = Instant.now().atZone(ZoneId.systemDefault());

  private ProcessTable(boolean services) {
    this.services = services;
    var header = new ArrayList<String>(services ? List.of("SERVICE", "#") : List.of());
    header.addAll(COLUMNS);
    table = new Table(header.toArray(String[]::new));
  }

  /// With the service and the number of each process's container before it.
  public static ProcessTable ofServices() {
    return new ProcessTable(true);
  }

  public static ProcessTable ofOneContainer() {
    return new ProcessTable(false);
  }

  public void add(Container container, List<ProcessState> processes) {
    int number = Labels.number(container);
    for (ProcessState process : processes) {
      var cells = new ArrayList<String>();
      if (services) {
        cells.add(Labels.service(container));
        cells.add(number == 0 ? "-" : Integer.toString(number));
      }
      cells.addAll(cells(process));
      table.add(cells.toArray(String[]::new));
    }
  }

  private List<String> cells(ProcessState process) {
    Duration cpu = process.cpu();
    long percent = process.age().isZero() ? 0 : cpu.toMillis() * 100 / process.age().toMillis();
    ZonedDateTime started = now.minus(process.age());
    boolean today = started.toLocalDate().equals(now.toLocalDate());
    return List.of(
        process.user(),
        Integer.toString(process.pid()),
        Integer.toString(process.parent()),
        Long.toString(Math.min(99, percent)),
        (today ? TODAY : EARLIER).format(started),
        process.terminal(),
        "%02d:%02d:%02d".formatted(cpu.toHours(), cpu.toMinutesPart(), cpu.toSecondsPart()),
        process.commandLine());
  }

  public String print() {
    return table.print();
  }
}
