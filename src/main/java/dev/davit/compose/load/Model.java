package dev.davit.compose.load;

import dev.davit.compose.text.Template;
import dev.davit.compose.tree.Mapping;
import dev.davit.error.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The finished tree of a project's files, canonical as far as the options of its loading go.
///
/// @param all with the services that no profile enables
/// @param selected what the command is about: the services it names, or those that take part
/// @param environment the variables that interpolation saw
/// @param candidates what was said and did not last
public record Model(
    String projectName,
    Mapping all,
    Mapping selected,
    Environment environment,
    Candidates candidates,
    List<Problem> warnings) {

  /// The variables that the files mention, by name, if loading did not replace them.
  public Map<String, Template.Mention> variables() {
    return Templates.variables(all);
  }

  /// The profiles that any service has.
  public Set<String> profiles() {
    var profiles = new TreeSet<String>();
    Mapping services = all.mapping("services");
    services.keys().forEach(name -> profiles.addAll(Profiles.of(services.mapping(name))));
    return profiles;
  }
}
