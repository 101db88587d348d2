package dev.davit.cli.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {
  private static final String SAID =
      """
      {"description": "a cloud", "up": {"parameters": [
        {"name": "size", "required": true}, {"name": "zone"}]}, "down": {}, "fly": {}}
      """;

  private static Provider with(Map<String, List<String>> options) {
    return new Provider("cloud", options);
  }

  @Test
  void aCommandIsGivenTheOptionsThatItTakesInTheirOrder() {
    var options = new LinkedHashMap<String, List<String>>();
    options.put("zone", List.of("b", "a"));
    options.put("size", List.of("3"));
    options.put("other", List.of("x"));
    Metadata metadata = Metadata.parse(SAID);
    assertEquals(
        List.of("--zone=b", "--zone=a", "--size=3"), metadata.arguments("up", with(options)));
    assertEquals(List.of(), metadata.arguments("down", with(options)));
  }

  @Test
  void aProgramThatSaysNothingIsGivenEveryOption() {
    assertEquals(
        List.of("--any=1"), Metadata.NONE.arguments("up", with(Map.of("any", List.of("1")))));
    assertEquals(List.of(), Metadata.NONE.missing("up", with(Map.of())));
  }

  @Test
  void whatIsRequiredAndNotGivenIsMissing() {
    Metadata metadata = Metadata.parse(SAID);
    assertEquals(List.of("size"), metadata.missing("up", with(Map.of("zone", List.of("a")))));
    assertEquals(List.of(), metadata.missing("up", with(Map.of("size", List.of("1")))));
    assertEquals(List.of(), metadata.missing("down", with(Map.of())));
  }

  @Test
  void itDeclaresWhatItNames() {
    Metadata metadata = Metadata.parse(SAID);
    assertTrue(metadata.declares("down"));
    assertFalse(metadata.declares("stop"));
    assertFalse(metadata.declares("fly"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "usage: cloud", "[1]", "{\"up\": 1}", "{", "null", "{\"up\": null}"})
  void anythingElseSaysNothing(String text) {
    assertEquals(Metadata.NONE, Metadata.parse(text));
  }
}
