package dev.davit.compose.load;

import dev.davit.error.Place;
import dev.davit.error.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What variables mean, with everybody who says something about them.
public final class Environment {
  /// What somebody says a variable is.
  ///
  /// @param place in an environment file; empty is the caller's environment
  public record Given(String value, Optional<Place> place) {
    /// Where it is said, for a message.
    Place said() {
      return place.orElse(CALLER);
    }
  }

  private static final Place CALLER = new Place(Source.of("environment"), Place.NO_LINE, 1);

  /// By name, the one that counts first.
  private final Map<String, List<Given>> given;

  private final Map<String, String> values;

  private Environment(Map<String, List<Given>> given) {
    this.given = given;
    var first = new LinkedHashMap<String, String>();
    given.forEach((name, all) -> first.put(name, all.getFirst().value()));
    this.values = Collections.unmodifiableMap(first);
  }

  /// The variables of a process.
  static Environment of(Map<String, String> variables) {
    var given = new LinkedHashMap<String, List<Given>>();
    variables.forEach(
        (name, value) -> given.put(name, List.of(new Given(value, Optional.empty()))));
    return new Environment(given);
  }

  /// With what a file says, which counts where nobody has said something before.
  Environment then(Map<String, Given> file) {
    var more = new LinkedHashMap<>(given);
    file.forEach(
        (name, value) -> {
          var all = new ArrayList<>(more.getOrDefault(name, List.of()));
          all.add(value);
          more.put(name, List.copyOf(all));
        });
    return new Environment(more);
  }

  /// By name, sorted.
  public Map<String, String> sorted() {
    return new TreeMap<>(values);
  }

  Map<String, String> values() {
    return values;
  }

  /// Everybody who says what a variable is; the first one counts.
  public List<Given> given(String name) {
    return given.getOrDefault(name, List.of());
  }
}
