package dev.davit.format;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Values as Docker writes them in JSON: names begin with a capital.
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
          .disable(tools.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS))
          .build();
  private static final DefaultIndenter FOUR = new DefaultIndenter("    ", "\n");

  private static final Separators AS_GO =
      Separators.createDefaultInstance()
          .withObjectNameValueSpacing(Separators.Spacing.AFTER)
          .withObjectEmptySeparator("")
          .withArrayEmptySeparator("");

  private Json() {}

  /// On one line.
  public static String compact(@Nullable Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// Indented by four, as `docker inspect` prints.
  public static String pretty(Object value) {
    var printer = new DefaultPrettyPrinter(AS_GO);
    printer.indentArraysWith(FOUR);
    printer.indentObjectsWith(FOUR);
    return MAPPER.writer().with(printer).writeValueAsString(value);
  }
}
