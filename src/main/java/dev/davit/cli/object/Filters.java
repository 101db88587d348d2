package dev.davit.cli.object;

import dev.davit.cli.UsageException;
import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/// `--filter key=value`: values of one key are alternatives, of labels and between keys all have to
/// fit.
record Filters(Map<String, List<String>> values) {
  static Filters parse(List<String> words, Set<String> known) {
    var values = new LinkedHashMap<String, List<String>>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String key = equals < 0 ? word : word.substring(0, equals);
      if (equals < 1 || !known.contains(key)) {
        throw new UsageException(
            Code.INVALID_OPTION,
            "unknown filter \"" + word + "\"",
            Suggestion.or(
                key, known, "filter by " + String.join(", ", known.stream().sorted().toList())),
            word);
      }
      values.computeIfAbsent(key, _ -> new ArrayList<>()).add(word.substring(equals + 1));
    }
    return new Filters(values);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /// Whether one value of the key fits, or there is none.
  boolean any(String key, java.util.function.Predicate<String> fits) {
    return !has(key) || values.getOrDefault(key, List.of()).stream().anyMatch(fits);
  }

  /// `label=key` and `label=key=value`.
  boolean labels(Map<String, String> labels) {
    BiPredicate<String, String> fits =
        (key, value) ->
            value.isEmpty() ? labels.containsKey(key) : value.equals("=" + labels.get(key));
    return values.getOrDefault("label", List.of()).stream()
        .allMatch(
            word -> {
              int equals = word.indexOf('=');
              return equals < 0
                  ? fits.test(word, "")
                  : fits.test(word.substring(0, equals), word.substring(equals));
            });
  }
}
