package dev.davit.compose.load;

import dev.davit.compose.tree.Document.Clearing;
import dev.davit.compose.tree.Mapping;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Services that can extend each other by name: those of a document, or those of another file.
///
/// @param service one by name, in its long form, with the `extends` that it has
/// @param clearings what tags take away from the services that these extend
/// @param context where their problems and candidates go
/// @param whole those known with all that they extend
record Bases(
    Path file,
    Set<String> names,
    Function<String, Mapping> service,
    List<Clearing> clearings,
    Context context,
    Map<String, Mapping> whole) {

  static Bases of(Layer document, Context context) {
    Mapping services = document.tree().mapping("services");
    return new Bases(
        document.file(),
        services.keys(),
        name -> mapping(services, name),
        document.clearings(),
        context,
        new HashMap<>());
  }

  /// A service without attributes may be written as nothing.
  static Mapping mapping(Mapping services, String name) {
    return services.get(name).orElse(null) instanceof Mapping service
        ? service
        : Mapping.empty(services.keyPlace(name));
  }
}
