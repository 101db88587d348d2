package dev.davit.stored;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The texts that a damaged JSON file still holds, by their names: enough to tell what it was
/// about. Of several with one name the first counts.
///
/// @param texts as they stand there, but for escapes, which end a text
public record Remains(Map<String, String> texts) {
  public static final Remains NOTHING = new Remains(Map.of());

  private static final int LARGEST = 1 << 20;
  private static final Pattern PAIR =
      Pattern.compile("\"([\\w.-]{1,100})\"\\s*:\\s*\"([^\"\\\\\\p{Cntrl}]{0,300})");

  public Remains {
    texts = Map.copyOf(texts);
  }

  static Remains of(byte[] bytes) {
    String text = new String(bytes, 0, Math.min(bytes.length, LARGEST), StandardCharsets.UTF_8);
    var texts = new LinkedHashMap<String, String>();
    Matcher pairs = PAIR.matcher(text);
    while (pairs.find()) {
      texts.putIfAbsent(pairs.group(1), pairs.group(2));
    }
    return new Remains(texts);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name)).filter(text -> !text.isEmpty());
  }

  /// What looks like labels: their names have a dot.
  public Map<String, String> labels() {
    var labels = new TreeMap<>(texts);
    labels.keySet().removeIf(name -> !name.contains("."));
    return labels;
  }
}
