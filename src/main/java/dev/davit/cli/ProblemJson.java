package dev.davit.cli;

import dev.davit.error.Note;
import dev.davit.error.Place;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A problem as one line of JSON. `"error": true` marks what ends the command, as docker compose
/// has it.
final class ProblemJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ProblemJson() {}

  static String of(Problem problem) {
    ObjectNode object = object(problem.severity());
    object.put("code", problem.code().id());
    object.put("message", problem.message());
    place(object, problem.place());
    if (!problem.path().isEmpty()) {
      object.put("path", problem.path());
    }
    if (problem.help() != null) {
      object.put("help", problem.help());
    }
    ArrayNode notes = object.putArray("notes");
    for (Note note : problem.notes()) {
      ObjectNode added = notes.addObject().put("message", note.message());
      place(added, note.place());
    }
    return JSON.writeValueAsString(object);
  }

  static String of(Severity severity, String message, Optional<String> help) {
    ObjectNode object = object(severity).put("message", message);
    help.ifPresent(text -> object.put("help", text));
    return JSON.writeValueAsString(object);
  }

  private static ObjectNode object(Severity severity) {
    ObjectNode object = JSON.createObjectNode();
    if (severity == Severity.ERROR) {
      object.put("error", true);
    }
    return object.put("severity", severity.toString());
  }

  private static void place(ObjectNode object, @Nullable Place place) {
    if (place == null || place.line() == Place.NO_LINE) {
      return;
    }
    object.put("file", place.file());
    object.put("line", place.line());
    object.put("column", place.column());
    object.put("endColumn", place.endColumn());
  }
}
