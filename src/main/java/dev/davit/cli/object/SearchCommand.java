package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.login.RegistryAccess;
import dev.davit.cli.row.DockerConfig;
import dev.davit.error.Code;
import dev.davit.registry.Registries;
import dev.davit.registry.Search.Found;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// `davit search`, which asks Docker Hub or the registry that the term begins with.
final class SearchCommand {
  private static final String HUB = "docker.io";
  private static final Set<String> FILTERS = Set.of("is-official", "stars");
  private static final int USUAL = 25;
  private static final int MOST = 100;

  /// Where to search for what: `registry.example.com/redis` names both.
  private record Place(String domain, String term) {
    static Place of(String text) {
      int slash = text.indexOf('/');
      String first = text.substring(0, Math.max(slash, 0));
      boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
      String domain = isHost && !first.equals("index.docker.io") ? first : HUB;
      String term = isHost ? text.substring(slash + 1) : text;
      return new Place(domain, domain.equals(HUB) ? term.replaceFirst("^library/", "") : term);
    }
  }

  @Command(
      name = "search",
      alias = "image search",
      group = ContainerLists.GROUP,
      description = "Search Docker Hub, or another registry, for images")
  @Usage("[HOST/]TERM")
  void search(
      Session session,
      @Option(shortName = 'f', description = "Filter by is-official or stars") List<String> filter,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(description = "Most results, 1 to 100") @Nullable Integer limit,
      @Option(longName = "no-trunc", description = "Do not truncate the output") boolean whole,
      @Argument(index = 0) String text) {
    Filters filters = Filters.parse(filter, FILTERS);
    filters.values().forEach((key, words) -> words.forEach(word -> check(key, word)));
    int most = limit == null || limit == 0 ? USUAL : limit;
    if (most < 1 || most > MOST) {
      throw invalid("limit " + most + " is outside the range of [1, 100]", String.valueOf(limit));
    }
    String layout = DockerConfig.format(session, format, "searchFormat");
    Place place = Place.of(text);
    try (Registries registries = RegistryAccess.open(session)) {
      List<SearchRow> rows =
          registries.search(place.domain()).find(place.term(), most).stream()
              .filter(found -> fits(found, filters))
              .map(found -> SearchRow.of(found, whole, layout.equals("json")))
              .toList();
      session.print(SearchRow.LAYOUT.print(layout, rows));
    }
  }

  private static void check(String key, String word) {
    String expected = key.equals("stars") ? "\\d{1,9}" : "true|false|1|0";
    if (!word.matches(expected)) {
      throw invalid("invalid filter \"" + key + "=" + word + "\"", key + "=" + word);
    }
  }

  private static UsageException invalid(String message, String word) {
    return new UsageException(
        Code.INVALID_OPTION, message, "is-official=true, stars=3, --limit 50", word);
  }

  private static boolean fits(Found found, Filters filters) {
    return filters.any("stars", word -> found.stars() >= Long.parseLong(word))
        && filters.any(
            "is-official", word -> found.official() == (word.equals("true") || word.equals("1")));
  }
}
