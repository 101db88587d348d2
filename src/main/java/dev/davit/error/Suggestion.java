package dev.davit.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What somebody probably meant.
public final class Suggestion {
  private Suggestion() {}

  /// `did you mean "image"?`, or null where no known word is near.
  public static @Nullable String of(String word, Collection<String> known) {
    return nearest(word, known).map(it -> "did you mean \"" + it + "\"?").orElse(null);
  }

  /// As [#of], or the other advice.
  public static String or(String word, Collection<String> known, String otherwise) {
    String near = of(word, known);
    return near == null ? otherwise : near;
  }

  /// The known word that a slip of the finger turns into `word`, if there is one near enough.
  public static Optional<String> nearest(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    int limit = Math.clamp(word.length() / 3, 1, 4);
    return known.stream()
        .filter(it -> Math.abs(it.length() - word.length()) <= limit)
        .filter(it -> distance(lower, it.toLowerCase(Locale.ROOT)) <= limit)
        .min(
            Comparator.comparingInt((String it) -> distance(lower, it.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, cost, new int[] {i, j});
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(String a, String b, int[][] cost, int[] at) {
    int i = at[0];
    int j = at[1];
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
    best = Math.min(best, cost[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
