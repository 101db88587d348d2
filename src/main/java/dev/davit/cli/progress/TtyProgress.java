package dev.davit.cli.progress;

import dev.davit.cli.Size;
import dev.davit.error.DavitException;
import dev.davit.format.Neutral;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.Plan.Node;
import dev.davit.reconcile.PlanResult;
import dev.davit.reconcile.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Rows in the order of the plan, redrawn where they changed. A row that waits names what it waits
/// for; what failed stays. Clamped to the window: what is done gives way first.
final class TtyProgress implements Progress {
  private static final long TICK = 50; // ms
  private static final long SHORTEST = Duration.ofMillis(50).toNanos();
  private static final long TIMERS = Duration.ofMillis(100).toNanos();

  private final OutputStream out;
  private final Supplier<Size> size;
  private final boolean colours;
  private final LongSupplier clock;
  private final Function<Node, List<String>> lastLines;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<Integer, Node> pending = new LinkedHashMap<>();
  private final CriticalPath path = new CriticalPath();
  private final Display display = new Display();
  private long drawnAt;
  private boolean dirty;
  private int plans;
  private boolean over;

  /// @param lastLines what a container that has failed wrote last
  TtyProgress(
      OutputStream out,
      Supplier<Size> size,
      boolean colours,
      LongSupplier clock,
      Function<Node, List<String>> lastLines) {
    this.out = out;
    this.size = size;
    this.colours = colours;
    this.clock = clock;
    this.lastLines = lastLines;
  }

  @Override
  public synchronized void planned(Plan plan) {
    over = false;
    display.leave();
    rows.clear();
    pending.clear();
    path.clear();
    for (Node node : plan.nodes()) {
      pending.put(node.id(), node);
      row(node).open.add(node);
    }
    if (!plan.isEmpty()) {
      drawNow();
      int number = ++plans;
      Thread.ofVirtual().name("progress").start(() -> tick(number));
    }
  }

  // The timers of the rows are the only thing that changes without an event. No interrupt ends it:
  // one that comes while it writes would close the client's connection.
  private synchronized void tick(int number) {
    try {
      while (!over && number == plans) {
        wait(TICK);
        if (!over && number == plans) {
          if (dirty || clock.getAsLong() - drawnAt >= TIMERS) {
            drawNow();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void started(Node node) {
    row(node).begin(Words.of(node.operation()).doing(), clock.getAsLong());
    draw();
  }

  @Override
  public synchronized void finished(Node node, Duration took) {
    pending.remove(node.id());
    path.finished(node, took);
    Row row = row(node);
    row.done(node, Words.of(node.operation()).done(), clock.getAsLong());
    row.details = row.mark == Row.Mark.WARNED || row.mark == Row.Mark.FAILED ? row.details : "";
    draw();
  }

  @Override
  public synchronized void advanced(Node node, long done, long total) {
    row(node).details = Bytes.of(done, total);
    draw();
  }

  // While a hook runs its last line shows that it does.
  @Override
  public synchronized void output(Node node, String line) {
    row(node).details = line;
    draw();
  }

  @Override
  public void failed(Node node, DavitException cause) {
    List<String> output = lastLines.apply(node);
    synchronized (this) {
      row(node).output = output;
      mark(node, Row.Mark.FAILED, "Error", String.valueOf(cause.getMessage()));
    }
  }

  @Override
  public synchronized void skipped(Node node, String reason) {
    mark(node, Row.Mark.WARNED, "Skipped", reason);
  }

  @Override
  public synchronized void warned(Node node, String warning) {
    Row row = row(node);
    row.mark = Row.Mark.WARNED;
    row.details = warning;
    draw();
  }

  @Override
  public synchronized void ended(PlanResult result) {
    over = true;
    notifyAll();
    if (!rows.isEmpty()) {
      drawNow();
      String slowest = path.print();
      String line =
          "%s in %.1fs%s"
              .formatted(
                  result.succeeded() ? "done" : "failed",
                  result.took().toNanos() / 1_000_000_000.0,
                  slowest.isEmpty() ? "" : ": " + slowest);
      write(Columns.fit(line, size.get().columns() - 1) + "\r\n");
      display.leave();
    }
  }

  private void mark(Node node, Row.Mark mark, String status, String details) {
    Row row = row(node);
    pending.remove(node.id());
    if (row.mark != Row.Mark.FAILED) {
      row.done(node, status, clock.getAsLong());
      row.mark = mark;
      row.details = details;
    }
    draw();
  }

  private Row row(Node node) {
    return rows.computeIfAbsent(
        node.operation().subject().toString(), _ -> new Row(node.operation().subject()));
  }

  private void draw() {
    dirty = true;
    if (clock.getAsLong() - drawnAt >= SHORTEST) {
      drawNow();
    }
  }

  private void drawNow() {
    dirty = false;
    drawnAt = clock.getAsLong();
    Size window = size.get();
    String change = display.draw(lines(window), window);
    if (!change.isEmpty()) {
      write(change);
    }
  }

  private List<Line> lines(Size window) {
    long now = clock.getAsLong();
    long done = rows.values().stream().filter(Row::isOver).count();
    int room = Math.max(1, window.rows() - 3);
    List<Row> shown = shown(room);
    int left = room - shown.size();
    var lines = new ArrayList<Line>();
    lines.add(Line.of(Columns.fit("[+] " + done + "/" + rows.size(), window.columns() - 1)));
    int width = shown.stream().mapToInt(row -> Columns.of(name(row))).max().orElse(0);
    for (Row row : shown) {
      String text = Columns.padded(name(row), width) + "  " + status(row, now);
      lines.add(
          Line.of(" ")
              .and(row.mark.glyph, colour(row.mark))
              .and(Columns.fit(" " + safe(text), window.columns() - 3), ""));
      int output = Math.min(left, row.output.size());
      left -= output;
      row.output.subList(row.output.size() - output, row.output.size()).stream()
          .map(line -> Line.of(Columns.fit("   | " + safe(line), window.columns() - 1)))
          .forEach(lines::add);
    }
    if (shown.size() < rows.size()) {
      String more = "   ... " + (rows.size() - shown.size()) + " more";
      lines.add(Line.of(Columns.fit(more, window.columns() - 1)));
    }
    return lines;
  }

  /// What is done gives way first, then what comes last; failures never.
  private List<Row> shown(int room) {
    var shown = new ArrayList<>(rows.values());
    while (shown.size() > room) {
      Row first =
          shown.stream()
              .filter(row -> row.mark == Row.Mark.DONE)
              .findFirst()
              .or(() -> shown.reversed().stream().filter(row -> !row.isOver()).findFirst())
              .orElse(shown.getLast());
      shown.remove(first);
    }
    return shown;
  }

  private static String name(Row row) {
    return safe(row.subject.toString());
  }

  private String status(Row row, long now) {
    if (row.mark == Row.Mark.PENDING && !row.open.isEmpty()) {
      String names =
          row.open.getFirst().prerequisites().stream()
              .flatMap(id -> Optional.ofNullable(pending.get(id)).stream())
              .map(node -> node.operation().subject())
              .filter(subject -> !subject.equals(row.subject))
              .map(subject -> subject.name())
              .distinct()
              .sorted()
              .collect(Collectors.joining(", "));
      return names.isEmpty() ? row.text(now) : "Waiting for " + names;
    }
    return row.text(now);
  }

  private String colour(Row.Mark mark) {
    return colours ? mark.colour : "";
  }

  private static String safe(String text) {
    return Neutral.text(text).replaceAll("\\s", " ");
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException gone) {
      over = true; // nobody looks any more
    }
  }
}
