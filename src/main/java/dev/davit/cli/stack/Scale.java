package dev.davit.cli.stack;

import dev.davit.cli.UsageException;
import dev.davit.compose.Project;
import dev.davit.error.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Numbers of replicas on the command line: `web=3`.
final class Scale {
  private Scale() {}

  static Map<String, Integer> parse(List<String> words, Project project) {
    return parse("--scale option", words, project);
  }

  /// @param what a word is called
  static Map<String, Integer> parse(String what, List<String> words, Project project) {
    var scale = new LinkedHashMap<String, Integer>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1 || !word.substring(equals + 1).matches("\\d{1,5}")) {
        throw new UsageException(
            Code.INVALID_OPTION,
            "invalid %s \"%s\". Should be SERVICE=NUM".formatted(what, word),
            "write for example web=3",
            word);
      }
      String service = word.substring(0, equals);
      Stack.checkServices(List.of(service), project);
      scale.put(service, Integer.valueOf(word.substring(equals + 1)));
    }
    return scale;
  }
}
