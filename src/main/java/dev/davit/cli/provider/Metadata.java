package dev.davit.cli.provider;

import dev.davit.compose.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a provider's program says of its own commands.
///
/// @param commands the options that each takes, with whether they are required; none at all if the
///   program says nothing, and then it is given every option
record Metadata(Map<String, Map<String, Boolean>> commands) {
  private static final JsonMapper JSON = new JsonMapper();

  static final Metadata NONE = new Metadata(Map.of());

  /// What a program printed; nothing if that is no such text.
  static Metadata parse(String text) {
    try {
      var commands = new HashMap<String, Map<String, Boolean>>();
      JsonNode root = JSON.readTree(text);
      for (String command : List.of("up", "down", "stop")) {
        JsonNode said = root.path(command);
        if (said.isObject()) {
          commands.put(command, options(said.path("parameters")));
        }
      }
      return new Metadata(commands);
    } catch (JacksonException silent) {
      return NONE;
    }
  }

  private static Map<String, Boolean> options(JsonNode parameters) {
    var options = new HashMap<String, Boolean>();
    for (JsonNode parameter : parameters) {
      options.put(parameter.path("name").asString(""), parameter.path("required").asBoolean(false));
    }
    return options;
  }

  boolean declares(String command) {
    return commands.containsKey(command);
  }

  /// `--option=value` of those that the command takes.
  List<String> arguments(String command, Provider provider) {
    var arguments = new ArrayList<String>();
    Map<String, Boolean> known = commands.getOrDefault(command, Map.of());
    provider
        .options()
        .forEach(
            (option, values) -> {
              if (commands.isEmpty() || known.containsKey(option)) {
                values.forEach(value -> arguments.add("--" + option + "=" + value));
              }
            });
    return arguments;
  }

  /// The options that the command cannot do without and that are not given.
  List<String> missing(String command, Provider provider) {
    return commands.getOrDefault(command, Map.of()).entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .filter(option -> !provider.options().containsKey(option))
        .sorted()
        .toList();
  }
}
