package dev.davit.cli.object;

import dev.davit.cli.UsageException;
import dev.davit.error.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `KEY=VALUE` words of an option.
final class Pairs {
  private Pairs() {}

  /// Labels may be keys alone.
  static Map<String, String> labels(List<String> words) {
    var pairs = new LinkedHashMap<String, String>();
    for (String word : words) {
      String[] parts = word.split("=", 2);
      pairs.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return pairs;
  }

  static Map<String, String> of(String option, List<String> words) {
    for (String word : words) {
      if (word.indexOf('=') < 1) {
        throw new UsageException(
            Code.INVALID_OPTION,
            "value \"%s\" of \"%s\" is not KEY=VALUE".formatted(word, option),
            null,
            word);
      }
    }
    return labels(words);
  }
}
