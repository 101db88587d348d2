package dev.davit.error;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What there is to know about a [Code]: Markdown with an example that gives it and the same
/// example repaired. A fenced block is a file or, where it says `sh`, a command line; its info
/// string names the language, `wrong` or `right`, and a file that is not `compose.yaml`.
public final class Explanation {
  private static final Pattern FENCE =
      Pattern.compile("(?ms)^```(\\w+) (wrong|right)(?: (\\S+))?\\n(.*?)^```\\n");

  private final Code code;
  private final String markdown;

  /// A file of an example, or a command line.
  ///
  /// @param language `yaml`, `env`, `sh`
  /// @param wrong whether it gives the code
  public record Example(String language, boolean wrong, String file, String text) {}

  private Explanation(Code code, String markdown) {
    this.code = code;
    this.markdown = markdown;
  }

  public static Explanation of(Code code) {
    String name = code.id() + ".md";
    try (var in = Explanation.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new Explanation(code, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Example> examples() {
    var examples = new ArrayList<Example>();
    Matcher fence = FENCE.matcher(markdown);
    while (fence.find()) {
      examples.add(
          new Example(fence.group(1), fence.group(2).equals("wrong"), file(fence), fence.group(4)));
    }
    return examples;
  }

  /// For a terminal: the title, then the text with its examples indented.
  public String print() {
    String text =
        FENCE
            .matcher(markdown)
            .replaceAll(fence -> Matcher.quoteReplacement(block(fence.group(3), fence.group(4))));
    return code.id() + ": " + code.title() + "\n\n" + text;
  }

  private static String file(Matcher fence) {
    return fence.group(3) == null ? "compose.yaml" : fence.group(3);
  }

  private static String block(@org.jspecify.annotations.Nullable String file, String text) {
    return (file == null ? "" : "    # " + file + "\n") + text.indent(4);
  }
}
