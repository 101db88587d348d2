package dev.davit.cli.stack;

import dev.davit.compose.load.Candidates.Candidate;
import dev.davit.compose.load.Environment.Given;
import dev.davit.compose.load.Model;
import dev.davit.compose.load.Origin;
import dev.davit.error.Place;
import dev.davit.error.Source.Via;
import dev.davit.format.Neutral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What `config --explain` says about a variable or a path: everybody who says something about it,
/// the one that counts first.
///
/// @param name of the variable, or the path
/// @param uses where the variable is mentioned; none for a path
record ConfigExplanation(String name, List<Voice> voices, List<Origin.Use> uses) {
  private static final JsonMapper JSON = new JsonMapper();

  /// @param value empty where a tag took away what was there
  /// @param where `compose.yaml:3:5`, or what is no file
  /// @param ways what led to that file, the nearest first
  record Voice(Optional<String> value, String where, List<Via> ways) {}

  /// @param model loaded without replacing variables
  static ConfigExplanation ofVariable(String name, Model model) {
    List<Origin.Use> uses = Origin.uses(model, name);
    var voices = new ArrayList<Voice>();
    model.environment().given(name).forEach(it -> voices.add(voice(it, "")));
    Origin.inIncludes(model, name).forEach(it -> voices.add(voice(it, " (inside the include)")));
    uses.forEach(
        use -> use.otherwise().ifPresent(it -> voices.add(voice(Optional.of(it), use.place()))));
    return new ConfigExplanation(name, voices, uses);
  }

  static ConfigExplanation ofPath(String path, List<Candidate> candidates) {
    List<Voice> voices =
        candidates.reversed().stream().map(it -> voice(it.text(), it.place())).toList();
    return new ConfigExplanation(path, voices, List.of());
  }

  private static Voice voice(Given given, String scope) {
    String where = given.place().map(Place::toString).orElse("environment of the command");
    List<Via> ways = given.place().map(Place::vias).orElse(List.of());
    return new Voice(Optional.of(given.value()), where + scope, ways);
  }

  private static Voice voice(Optional<String> value, Place place) {
    return new Voice(value, place.toString(), place.vias());
  }

  String text() {
    var text = new StringBuilder(name).append('\n');
    if (voices.isEmpty()) {
      text.append("  nobody gives it a value: it becomes empty\n");
    }
    for (Voice voice : voices) {
      text.append(voice.equals(voices.getFirst()) ? "  counts      " : "  overridden  ");
      text.append(voice.value().map(it -> "\"" + inLine(it) + "\"").orElse("taken away"));
      text.append("  ").append(voice.where()).append('\n');
      for (Via way : voice.ways()) {
        text.append("              ").append(way.how()).append(": ").append(way.place());
        text.append('\n');
      }
    }
    for (Origin.Use use : uses) {
      text.append("  used in     ").append(use.path()).append(": ").append(inLine(use.text()));
      text.append("  ").append(use.place()).append('\n');
    }
    return Neutral.text(text.toString());
  }

  private static String inLine(String text) {
    return text.replace("\n", "\\n");
  }

  String json() {
    var all = new LinkedHashMap<String, Object>();
    all.put("name", name);
    all.put(
        "candidates", voices.stream().map(it -> json(it, it.equals(voices.getFirst()))).toList());
    all.put("uses", uses.stream().map(ConfigExplanation::json).toList());
    return JSON.writeValueAsString(all) + "\n";
  }

  private static Map<String, Object> json(Voice voice, boolean counts) {
    var one = new LinkedHashMap<String, Object>();
    voice.value().ifPresent(it -> one.put("value", it));
    one.put("where", voice.where());
    one.put("counts", counts);
    one.put("way", voice.ways().stream().map(it -> it.how() + ": " + it.place()).toList());
    return one;
  }

  private static Map<String, Object> json(Origin.Use use) {
    return Map.of("path", use.path(), "text", use.text(), "where", use.place().toString());
  }
}
