package dev.davit.cli.progress;

import dev.davit.cli.row.Sizes;
import dev.davit.error.DavitException;
import dev.davit.format.Neutral;
import dev.davit.reconcile.Plan.Node;
import dev.davit.reconcile.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// One line for each change of state: ` Container shop-web-1 Started`.
final class PlainProgress implements Progress {
  private static final int QUARTERS = 4;

  private final Consumer<String> lines;
  private final Map<Integer, Long> quarters = new ConcurrentHashMap<>();

  PlainProgress(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void started(Node node) {
    print(node, Words.of(node.operation()).doing());
  }

  @Override
  public void finished(Node node, Duration took) {
    print(node, Words.of(node.operation()).done());
  }

  @Override
  public void failed(Node node, DavitException cause) {
    print(node, "Error  " + cause.getMessage());
  }

  @Override
  public void skipped(Node node, String reason) {
    print(node, "Skipped  " + reason);
  }

  @Override
  public void warned(Node node, String warning) {
    print(node, "Warning  " + warning);
  }

  @Override
  public void advanced(Node node, long done, long total) {
    long quarter = total == 0 ? QUARTERS : done * QUARTERS / total;
    Long told = quarters.put(node.id(), quarter);
    if (told != null && quarter > told && quarter < QUARTERS) {
      String bytes = Sizes.decimal(done) + "/" + Sizes.decimal(total);
      print(node, Words.of(node.operation()).doing() + " " + bytes);
    }
  }

  @Override
  public void output(Node node, String line) {
    lines.accept(node.operation().subject().shortName() + " ->  | " + Neutral.text(line));
  }

  private void print(Node node, String what) {
    lines.accept(" " + node.operation().subject() + "  " + what);
  }
}
