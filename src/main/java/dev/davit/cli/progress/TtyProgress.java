package dev.davit.cli.progress;

import dev.davit.cli.Size;
import dev.davit.error.DavitException;
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
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<Integer, Node> pending = new LinkedHashMap<>();
  private final CriticalPath path = new CriticalPath();
  private List<String> drawn = List.of();
  private long drawnAt;
  private boolean dirty;
  private int plans;
  private boolean over;

  TtyProgress(OutputStream out, Supplier<Size> size, boolean colours, LongSupplier clock) {
    this.out = out;
    this.size = size;
    this.colours = colours;
    this.clock = clock;
  }

  @Override
  public synchronized void planned(Plan plan) {
    over = false;
    drawn = List.of();
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

  // While a hook runs its last line shows that it does.
  @Override
  public synchronized void output(Node node, String line) {
    row(node).details = line;
    draw();
  }

  @Override
  public synchronized void failed(Node node, DavitException cause) {
    mark(node, Row.Mark.FAILED, "Error", String.valueOf(cause.getMessage()));
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
      write(clamp(line, size.get().columns() - 1) + "\n");
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
    List<String> lines = lines();
    if (lines.equals(drawn)) {
      return;
    }
    var text = new StringBuilder("\033[?2026h");
    if (!drawn.isEmpty()) {
      text.append("\033[").append(drawn.size()).append('A');
    }
    for (int i = 0; i < Math.max(lines.size(), drawn.size()); i++) {
      String line = i < lines.size() ? lines.get(i) : "";
      boolean same = i < drawn.size() && i < lines.size() && drawn.get(i).equals(line);
      text.append(same ? "" : "\r\033[2K" + line).append('\n');
    }
    write(text.append("\033[?2026l").toString());
    var now = new ArrayList<>(lines);
    while (now.size() < drawn.size()) {
      now.add("");
    }
    drawn = now;
  }

  private List<String> lines() {
    Size window = size.get();
    long now = clock.getAsLong();
    long done = rows.values().stream().filter(Row::isOver).count();
    var shown = new ArrayList<>(rows.values());
    int room = Math.max(1, window.rows() - 3);
    int hidden = 0;
    for (int i = 0; shown.size() > room && i < rows.size(); i++) {
      Optional<Row> first = shown.stream().filter(row -> row.mark == Row.Mark.DONE).findFirst();
      shown.remove(first.orElse(shown.getLast()));
      hidden++;
    }
    var lines = new ArrayList<String>();
    lines.add("[+] " + done + "/" + rows.size());
    int width = shown.stream().mapToInt(row -> row.subject.toString().length()).max().orElse(0);
    for (Row row : shown) {
      String name = row.subject.toString();
      String text = name + " ".repeat(width - name.length()) + "  " + status(row, now);
      lines.add(" " + coloured(row.mark) + " " + clamp(text, window.columns() - 4));
    }
    if (hidden > 0) {
      lines.add("   ... " + hidden + " more");
    }
    return lines;
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

  private String coloured(Row.Mark mark) {
    return colours ? "\033[" + mark.colour + "m" + mark.glyph + "\033[0m" : mark.glyph;
  }

  private static String clamp(String text, int width) {
    String line = text.replaceAll("\\p{Cntrl}", " ").stripTrailing();
    return line.length() <= width ? line : line.substring(0, Math.max(1, width - 1)) + "…";
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
