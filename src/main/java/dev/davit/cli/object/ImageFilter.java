package dev.davit.cli.object;

import dev.davit.cli.row.Times;
import dev.davit.image.Image;
import dev.davit.image.Images;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/// Which images `--filter` means, but for `reference`, which is about each name by itself.
final class ImageFilter {
  private final Predicate<Image> condition;

  /// @param images what `before` and `since` name is looked up in
  ImageFilter(Filters filters, Images images, Instant now) {
    Predicate<Image> all =
        image ->
            filters.labels(image.config().labels())
                && filters.any("dangling", it -> it.equals("true") == image.names().isEmpty());
    condition =
        all.and(
                limit(
                    filters,
                    "before",
                    it -> images.require(it).created(),
                    (image, at) -> image.created().isBefore(at)))
            .and(
                limit(
                    filters,
                    "since",
                    it -> images.require(it).created(),
                    (image, at) -> image.created().isAfter(at)))
            .and(
                limit(
                    filters,
                    "until",
                    it -> Times.point("--filter until", it, now).orElse(now),
                    (image, at) -> image.created().isBefore(at)));
  }

  private interface Fits {
    boolean test(Image image, Instant limit);
  }

  // Each value is looked up once, so that a wrong one is told of also where there are no images.
  private static Predicate<Image> limit(
      Filters filters, String key, java.util.function.Function<String, Instant> time, Fits fits) {
    Predicate<Image> all = _ -> true;
    for (String value : filters.values().getOrDefault(key, java.util.List.of())) {
      Instant limit = time.apply(value);
      all = all.and(image -> fits.test(image, limit));
    }
    return all;
  }

  boolean test(Image image) {
    return condition.test(image);
  }

  /// Whether the pattern `wanted`, in which `*` stands for anything but a slash, is the row's
  /// repository or name.
  static boolean isMeant(ImageRow row, String wanted) {
    try {
      var pattern = FileSystems.getDefault().getPathMatcher("glob:" + wanted);
      return pattern.matches(Path.of(row.repository()))
          || pattern.matches(Path.of(row.repository() + ":" + row.tag()));
    } catch (PatternSyntaxException | InvalidPathException _) {
      return false;
    }
  }
}
