package dev.davit.reconcile;

import dev.davit.image.Image;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When an image is pulled; what `pull_policy` and `--pull` say.
///
/// @param word as the file has it: `daily`
/// @param unlessHere whether it is pulled when it is not here
/// @param after how long after it last came it is pulled again; empty: never
public record PullPolicy(String word, boolean unlessHere, Optional<Duration> after) {
  public static final PullPolicy MISSING = new PullPolicy("missing", true, Optional.empty());
  public static final PullPolicy NEVER = new PullPolicy("never", false, Optional.empty());
  public static final PullPolicy ALWAYS =
      new PullPolicy("always", true, Optional.of(Duration.ZERO));

  private static final Pattern PART = Pattern.compile("(\\d{1,9})([wdhms])");

  /// What `word` means, which is one that a Compose file may have. `build`, without anything that
  /// builds, is as `never`.
  public static PullPolicy parse(String word) {
    return switch (word) {
      case "always" -> ALWAYS;
      case "never", "build" -> NEVER;
      case "daily" -> new PullPolicy(word, true, Optional.of(Duration.ofDays(1)));
      case "weekly" -> new PullPolicy(word, true, Optional.of(Duration.ofDays(7)));
      default ->
          word.startsWith("every_")
              ? new PullPolicy(word, true, Optional.of(every(word)))
              : MISSING;
    };
  }

  private static Duration every(String word) {
    Duration whole = Duration.ZERO;
    Matcher parts = PART.matcher(word);
    while (parts.find()) {
      long count = Long.parseLong(parts.group(1));
      whole =
          whole.plus(
              switch (parts.group(2)) {
                case "w" -> Duration.ofDays(7 * count);
                case "d" -> Duration.ofDays(count);
                case "h" -> Duration.ofHours(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofSeconds(count);
              });
    }
    return whole;
  }

  /// Why the image is to be pulled; empty where it is not.
  ///
  /// @param here empty where it is not on this machine
  Optional<String> cause(Optional<Image> here, Instant now) {
    if (here.isEmpty()) {
      return unlessHere ? Optional.of("not here") : Optional.empty();
    }
    return after
        .filter(age -> !now.isBefore(here.get().added().plus(age)))
        .map(_ -> "pull_policy " + word);
  }
}
