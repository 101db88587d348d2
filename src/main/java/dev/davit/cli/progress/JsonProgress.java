package dev.davit.cli.progress;

import dev.davit.error.DavitException;
import dev.davit.reconcile.Plan.Node;
import dev.davit.reconcile.Progress;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One JSON object a line for each change of state, with docker compose's keys.
final class JsonProgress implements Progress {
  private static final JsonMapper JSON = new JsonMapper();

  private final Consumer<String> lines;

  JsonProgress(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void started(Node node) {
    print(node, "Working", Words.of(node.operation()).doing(), "");
  }

  @Override
  public void finished(Node node, Duration took) {
    print(node, "Done", Words.of(node.operation()).done(), "");
  }

  @Override
  public void failed(Node node, DavitException cause) {
    print(node, "Error", "Error", String.valueOf(cause.getMessage()));
  }

  @Override
  public void skipped(Node node, String reason) {
    print(node, "Warning", "Skipped", reason);
  }

  @Override
  public void warned(Node node, String warning) {
    print(node, "Warning", "Warning", warning);
  }

  @Override
  public void output(Node node, String line) {
    print(node, "Working", Words.of(node.operation()).doing(), line);
  }

  @Override
  public void advanced(Node node, long done, long total) {
    ObjectNode object = object(node, "Working", Words.of(node.operation()).doing());
    object.put("current", done);
    object.put("total", total);
    object.put("percent", total == 0 ? 100 : done * 100 / total);
    lines.accept(JSON.writeValueAsString(object));
  }

  private static ObjectNode object(Node node, String status, String text) {
    ObjectNode object = JSON.createObjectNode();
    object.put("id", node.operation().subject().toString());
    object.put("status", status);
    object.put("text", text);
    return object;
  }

  private void print(Node node, String status, String text, String details) {
    ObjectNode object = object(node, status, text);
    if (!details.isEmpty()) {
      object.put("details", details);
    }
    lines.accept(JSON.writeValueAsString(object));
  }
}
