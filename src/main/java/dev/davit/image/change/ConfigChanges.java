package dev.davit.image.change;

import dev.davit.image.ImageConfig;
import java.util.List;

/// What `--change` of `commit` and `import` does to an image's config.
public final class ConfigChanges {
  private ConfigChanges() {}

  /// `config` after each of the `texts`, in which every line is an instruction. Throws
  /// [dev.davit.error.TextException].
  public static ImageConfig apply(List<String> texts, ImageConfig config) {
    var draft = new Draft(config);
    texts.stream()
        .flatMap(String::lines)
        .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
        .forEach(line -> new Instruction(line, draft).run());
    return draft.config();
  }
}
