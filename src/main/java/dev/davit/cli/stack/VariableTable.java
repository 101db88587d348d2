package dev.davit.cli.stack;

import dev.davit.compose.text.Template.Mention;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Variables of Compose files, printed as `docker compose config --variables` does.
final class VariableTable {
  private static final int NARROWEST = 20;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectNameValueSpacing(Separators.Spacing.AFTER))
                  .withObjectIndenter(new DefaultIndenter("    ", "\n")))
          .build();

  private VariableTable() {}

  static String text(Map<String, Mention> variables) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("NAME", "REQUIRED", "DEFAULT VALUE", "ALTERNATE VALUE"));
    variables.values().stream()
        .map(it -> List.of(it.name(), "" + it.required(), it.otherwise(), it.instead()))
        .forEach(rows::add);
    var text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size() - 1; column++) {
        text.append(("%-" + width(rows, column) + "s").formatted(row.get(column)));
      }
      text.append(row.getLast()).append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> rows, int column) {
    int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    return Math.max(NARROWEST, widest + 3);
  }

  static String json(Map<String, Mention> variables) {
    var values = new LinkedHashMap<String, Map<String, Object>>();
    for (Mention variable : variables.values()) {
      var value = new LinkedHashMap<String, Object>();
      value.put("Name", variable.name());
      value.put("DefaultValue", variable.otherwise());
      value.put("PresenceValue", variable.instead());
      value.put("Required", variable.required());
      values.put(variable.name(), value);
    }
    return JSON.writeValueAsString(values) + "\n";
  }
}
