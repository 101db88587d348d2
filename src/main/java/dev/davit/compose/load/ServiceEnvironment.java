package dev.davit.compose.load;

import dev.davit.compose.text.Dotenv;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Phases that say what variables and labels of services are.
final class ServiceEnvironment {
  private final Context context;

  /// Services whose missing files are errors: those that the command is about.
  private final Set<String> wanted;

  private ServiceEnvironment(Context context, Set<String> wanted) {
    this.context = context;
    this.wanted = wanted;
  }

  /// Phase: variables without value get the project's, or stay null where it has none.
  static Mapping inherit(Mapping tree, Context context) {
    Mapping services =
        tree.mapping("services")
            .mapValues(
                (_, it) ->
                    it instanceof Mapping service ? inherited(service, context.environment()) : it);
    return tree.has("services") ? tree.with("services", services) : tree;
  }

  private static Mapping inherited(Mapping service, Map<String, String> outer) {
    Mapping variables = service.mapping("environment");
    return with(
        service, "environment", variables.mapValues((key, it) -> inherited(it, outer.get(key))));
  }

  private static Node inherited(Node node, @Nullable String outer) {
    return node instanceof Scalar scalar && scalar.isNull() && outer != null
        ? Scalar.text(outer, scalar.place())
        : node;
  }

  /// Phase: `env_file` and `label_file` are read into `environment` and `labels`, which win.
  static Mapping read(Mapping tree, Context context) {
    Mapping services = tree.mapping("services");
    var phase = new ServiceEnvironment(context, Selection.of(services, context));
    return tree.with(
        "services", services.mapValues((name, it) -> phase.service(name, (Mapping) it)));
  }

  private Mapping service(String name, Mapping service) {
    TreePath path = TreePath.of("services", name);
    Mapping variables = service.mapping("environment");
    Mapping labels = service.mapping("labels");
    Mapping done = service;
    done = with(done, "environment", over(environmentFiles(path, service, variables), variables));
    done = with(done, "labels", over(labelFiles(path, service), labels));
    return done.without("env_file").without("label_file");
  }

  private static Mapping with(Mapping service, String key, Mapping values) {
    return values.keys().isEmpty() ? service : service.with(key, values);
  }

  private static Mapping over(Mapping base, Mapping own) {
    Mapping all = base;
    for (var entry : own.entries().entrySet()) {
      all = all.with(entry.getKey(), entry.getValue().value());
    }
    return all;
  }

  private Mapping environmentFiles(TreePath path, Mapping service, Mapping own) {
    Mapping all = Mapping.empty(service.keyPlace("env_file"));
    List<View> files = new View(service).views("env_file");
    for (int i = 0; i < files.size(); i++) {
      View file = files.get(i);
      Mapping earlier = all;
      all =
          read(
              all,
              new ValueFiles.Named(
                  file.text("path").orElse(""),
                  path.child("env_file").item(i),
                  file.mapping().get("path").orElseThrow().place(),
                  file.flag("required", true) && wanted.contains(path.last()),
                  file.text("format").orElse("").equals("raw")),
              key -> lookup(key, own, earlier));
    }
    return all;
  }

  private Mapping labelFiles(TreePath path, Mapping service) {
    Mapping all = Mapping.empty(service.keyPlace("label_file"));
    List<Node> files = new View(service).items("label_file");
    for (int i = 0; i < files.size(); i++) {
      Place place = files.get(i).place();
      Mapping earlier = all;
      all =
          read(
              all,
              new ValueFiles.Named(
                  View.textOf(files.get(i)).orElse(""),
                  path.child("label_file").item(i),
                  place,
                  wanted.contains(path.last()),
                  false),
              key -> new View(earlier).text(key).orElse(null));
    }
    return all;
  }

  private Mapping read(Mapping before, ValueFiles.Named file, Dotenv.Lookup lookup) {
    Mapping all = before;
    for (var entry : new ValueFiles(context).read(file, lookup).entrySet()) {
      all = all.with(entry.getKey(), Scalar.text(entry.getValue(), file.place()));
    }
    return all;
  }

  /// Inside an environment file: the project's variables, the service's own, earlier files'.
  private @Nullable String lookup(String key, Mapping own, Mapping earlier) {
    @Nullable String outer = context.environment().get(key);
    return outer != null
        ? outer
        : new View(own).text(key).or(() -> new View(earlier).text(key)).orElse(null);
  }
}
