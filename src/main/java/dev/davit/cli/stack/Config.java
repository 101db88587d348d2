package dev.davit.cli.stack;

import dev.davit.cli.Diagnostics;
import dev.davit.cli.Session;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.load.Candidates.Candidate;
import dev.davit.compose.load.LoadOptions;
import dev.davit.compose.load.Model;
import dev.davit.compose.load.Origin;
import dev.davit.compose.text.Template;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.write.ComposeWriter;
import dev.davit.error.ArgumentException;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the session's Compose files come to, as text.
///
/// @param services those named on the command line
record Config(Session session, LoadOptions options, List<String> services) {
  private static final Set<String> TOP =
      Set.of("name", "services", "networks", "volumes", "configs", "secrets", "models");

  String print(boolean json) {
    if (!options.interpolate()) {
      return raw(json);
    }
    Model model = Stack.model(session, services, options);
    return json ? ComposeWriter.json(model.selected()) : ComposeWriter.yaml(model.selected());
  }

  private String raw(boolean json) {
    if (!services.isEmpty()) {
      Diagnostics.warn(
          session, "all services are printed: names are not looked at with --no-interpolate");
    }
    Mapping all = Stack.model(session, List.of(), options).all();
    return json ? ComposeWriter.rawJson(all) : ComposeWriter.rawYaml(all);
  }

  /// Where a variable or a path gets its value from.
  String explain(String what, boolean json) {
    ConfigExplanation explanation = isPath(what) ? ofPath(what) : ofVariable(what);
    return json ? explanation.json() : explanation.text();
  }

  private static boolean isPath(String what) {
    return what.contains(".") || TOP.contains(what);
  }

  private ConfigExplanation ofPath(String path) {
    List<Candidate> candidates = Origin.of(Stack.load(session, services, whole()), path);
    if (candidates.isEmpty()) {
      throw new DavitException(
          Kind.NOT_FOUND,
          "the model has nothing at \"" + path + "\"",
          "see \"davit config\" for what it has");
    }
    return ConfigExplanation.ofPath(path, candidates);
  }

  /// Hashes and explanations are of the model that `up` would run.
  private LoadOptions whole() {
    return LoadOptions.ALL.strict(options.strict());
  }

  private ConfigExplanation ofVariable(String name) {
    return ConfigExplanation.ofVariable(name, Stack.model(session, List.of(), options.raw()));
  }

  /// The variables that the files mention.
  String variables(boolean json) {
    Map<String, Template.Mention> variables =
        Stack.model(session, List.of(), options.raw()).variables();
    return json ? VariableTable.json(variables) : VariableTable.text(variables);
  }

  String list(Listing listing) {
    var unread = options.withoutFiles();
    List<String> about = listing.isOfServices() ? services : List.of();
    return lines(listing.of(Stack.model(session, about, unread)));
  }

  /// @param names of services with commas between, or `*`
  String hashes(String names) {
    Project project = Stack.load(session, List.of(), whole()).project();
    Map<String, Service> all = new TreeMap<>(project.services());
    Collection<String> wanted =
        names.equals("*") ? all.keySet() : new TreeSet<>(List.of(names.split(",", -1)));
    for (String name : wanted) {
      if (!all.containsKey(name)) {
        throw ArgumentException.noSuchService(name, all.keySet());
      }
    }
    return lines(
        all.values().stream()
            .filter(service -> wanted.contains(service.name()))
            .map(service -> service.name() + " " + service.configHash().text())
            .toList());
  }

  private static String lines(Collection<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
