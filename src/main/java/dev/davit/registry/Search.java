package dev.davit.registry;

import dev.davit.error.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The search of Docker's registry API before distribution (`GET /v1/search`). Docker Hub has it,
/// and few others: the OCI distribution specification has no search.
public final class Search {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LARGEST = 4 << 20;

  private final Host host;

  /// A repository that a registry finds.
  ///
  /// @param description what its owner says of it, lines and all
  public record Found(String name, String description, long stars, boolean official) {}

  Search(Host host) {
    this.host = host;
  }

  /// The repositories that the registry thinks are meant, the best first.
  ///
  /// @param most how many
  public List<Found> find(String term, int most) {
    URI uri =
        host.uri("/v1/search?q=" + URLEncoder.encode(term, StandardCharsets.UTF_8) + "&n=" + most);
    try (Answer answer = host.access().send(Call.of("GET", uri), List.of())) {
      if (answer.status() == 404) {
        throw none();
      }
      if (!answer.isGood()) {
        throw host.access().refusal().of(answer, "the search for \"" + term + "\"");
      }
      JsonNode results = JSON.readTree(answer.bytes(LARGEST)).path("results");
      if (!results.isArray()) {
        throw none();
      }
      return found(results, most);
    } catch (JacksonException e) {
      throw none();
    } catch (IOException e) {
      throw Unreachable.of(Origin.of(host.base()), uri, e);
    }
  }

  private static List<Found> found(JsonNode results, int most) {
    var found = new ArrayList<Found>();
    for (JsonNode each : results) {
      if (found.size() < most) {
        found.add(
            new Found(
                each.path("name").asString(""),
                each.path("description").asString(""),
                each.path("star_count").asLong(0),
                each.path("is_official").asBoolean(false)));
      }
    }
    return found;
  }

  private RegistryException none() {
    return RegistryException.of(
        Kind.UNSUPPORTED,
        "registry \"%s\" has no search".formatted(host.domain()),
        "few besides Docker Hub have one: name the image in full");
  }
}
