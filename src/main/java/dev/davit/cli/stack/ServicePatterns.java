package dev.davit.cli.stack;

import dev.davit.cli.UsageException;
import dev.davit.error.ArgumentException;
import dev.davit.error.Code;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// Services on the command line, by name or by a pattern such as `web*`, `db-?` or `{a,b}`.
final class ServicePatterns {
  private ServicePatterns() {}

  /// The words that are names.
  static List<String> names(List<String> words) {
    return words.stream().filter(word -> !isPattern(word)).toList();
  }

  /// The words with the names that each pattern stands for in its place; a pattern that stands for
  /// none is an error.
  static List<String> expand(List<String> words, Collection<String> known) {
    var names = new LinkedHashSet<String>();
    for (String word : words) {
      if (!isPattern(word)) {
        names.add(word);
        continue;
      }
      List<String> matching = matching(word, known);
      if (matching.isEmpty()) {
        throw ArgumentException.noSuchService(word, known);
      }
      names.addAll(matching);
    }
    return List.copyOf(names);
  }

  private static List<String> matching(String word, Collection<String> known) {
    PathMatcher matcher = matcher(word);
    return known.stream().filter(name -> matcher.matches(Path.of(name))).sorted().toList();
  }

  private static PathMatcher matcher(String word) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + word);
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          Code.USAGE, "pattern \"" + word + "\": " + e.getDescription(), null, word);
    }
  }

  private static boolean isPattern(String word) {
    return word.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }
}
