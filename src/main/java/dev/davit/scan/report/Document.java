package dev.davit.scan.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON of maps and lists, in their order.
final class Document {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Document() {}

  static String print(Object value) {
    return JSON.writeValueAsString(value);
  }

  /// Names and values by turns; without texts and lists that are empty.
  static Map<String, Object> of(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (!pairs[i + 1].equals("") && !pairs[i + 1].equals(List.of())) {
        map.put((String) pairs[i], pairs[i + 1]);
      }
    }
    return map;
  }
}
