package dev.davit.cli.object;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.registry.Search.Found;

/// A repository as `docker search` lists it.
record SearchRow(
    String name,
    String description,
    @Header("STARS") String starCount,
    @Header("OFFICIAL") @JsonProperty("IsOfficial") String isOfficial) {
  static final Layout<SearchRow> LAYOUT =
      Layout.of(SearchRow.class, "{{.Name}}\t{{.Description}}\t{{.StarCount}}\t{{.IsOfficial}}");

  private static final int BRIEF = 45;

  /// @param whole whether descriptions are not cut
  /// @param json whether it is for JSON, where docker writes `true` and `false`
  static SearchRow of(Found found, boolean whole, boolean json) {
    String said = found.description().replaceAll("\\s+", " ").strip();
    boolean cut = !whole && said.codePointCount(0, said.length()) > BRIEF;
    String mark = found.official() ? "[OK]" : "";
    return new SearchRow(
        found.name(),
        cut ? said.substring(0, said.offsetByCodePoints(0, BRIEF - 1)) + "…" : said,
        Long.toString(found.stars()),
        json ? Boolean.toString(found.official()) : mark);
  }
}
