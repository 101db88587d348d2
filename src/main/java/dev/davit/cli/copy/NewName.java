package dev.davit.cli.copy;

import dev.davit.cli.UsageException;
import dev.davit.error.Code;
import dev.davit.image.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The name that a new image is to have.
public final class NewName {
  private NewName() {}

  /// None for null; an error where `word` has a digest, which nobody can choose.
  public static List<Reference> of(@Nullable String word) {
    return word == null || word.isEmpty() ? List.of() : List.of(parse(word));
  }

  /// As [#of].
  public static Reference parse(String word) {
    Reference name = Reference.parse(word);
    if (name.digest().isPresent()) {
      throw new UsageException(
          Code.INVALID_OPTION,
          "\"%s\" has a digest, which no name that is given can have".formatted(word),
          "write REPOSITORY[:TAG]",
          word);
    }
    return name;
  }
}
