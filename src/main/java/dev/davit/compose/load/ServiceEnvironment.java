package dev.davit.compose.load;

import dev.davit.compose.text.Dotenv;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Phases that say what variables and labels of services are.
final class ServiceEnvironment {
  private final Context context;

  private ServiceEnvironment(Context context) {
    this.context = context;
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

  /// Phase: `env_file` and `label_file` are read into `environment` and `labels`, which win; those
  /// of the services that the command is not about are not looked at.
  static Mapping read(Mapping tree, Context context) {
    Mapping services = tree.mapping("services");
    Set<String> wanted = Selection.of(services, context);
    var phase = new ServiceEnvironment(context);
    return tree.with(
        "services",
        services.mapValues(
            (name, it) -> wanted.contains(name) ? phase.service(name, (Mapping) it) : it));
  }

  private Mapping service(String name, Mapping service) {
    TreePath path = TreePath.of("services", name);
    Mapping variables = service.mapping("environment");
    Mapping labels = service.mapping("labels");
    Mapping done = service;
    TreePath environment = path.child("environment");
    Mapping read = environmentFiles(path, service, variables);
    done = with(done, "environment", over(environment, read, variables));
    done = with(done, "labels", over(path.child("labels"), labelFiles(path, service), labels));
    return done.without("env_file").without("label_file");
  }

  private static Mapping with(Mapping service, String key, Mapping values) {
    return values.keys().isEmpty() ? service : service.with(key, values);
  }

  private Mapping over(TreePath path, Mapping base, Mapping own) {
    var all = base.draft();
    for (var entry : own.entries().entrySet()) {
      String key = entry.getKey();
      all.get(key).ifPresent(lost -> context.candidates().add(path.child(key), lost));
      all.set(key, entry.getValue().value());
    }
    return all.done();
  }

  private Mapping environmentFiles(TreePath path, Mapping service, Mapping own) {
    Mapping all = Mapping.empty(service.keyPlace("env_file"));
    List<View> files = new View(service).views("env_file");
    for (int i = 0; i < files.size(); i++) {
      View file = files.get(i);
      Mapping earlier = all;
      var named =
          new ValueFiles.Named(
              file.text("path").orElse(""),
              path.child("env_file").item(i),
              file.mapping().get("path").orElseThrow().place(),
              file.flag("required", true),
              file.text("format").orElse("").equals("raw"));
      Mapping values = read(named, lookup(name -> outside(name, own), earlier));
      all = over(path.child("environment"), all, values);
    }
    return all;
  }

  private Mapping labelFiles(TreePath path, Mapping service) {
    Mapping all = Mapping.empty(service.keyPlace("label_file"));
    List<Node> files = new View(service).items("label_file");
    for (int i = 0; i < files.size(); i++) {
      Mapping earlier = all;
      var named =
          new ValueFiles.Named(
              View.textOf(files.get(i)).orElse(""),
              path.child("label_file").item(i),
              files.get(i).place(),
              true,
              false);
      Mapping values = read(named, name -> earlier.text(name).orElse(null));
      all = over(path.child("labels"), all, values);
    }
    return all;
  }

  private Mapping read(ValueFiles.Named file, Dotenv.Lookup lookup) {
    return Mapping.empty(file.place()).withAll(new ValueFiles(context).read(file, lookup));
  }

  /// Inside an environment file: the project's variables, the service's own, then the file's and
  /// those of earlier files.
  private @Nullable String outside(String name, Mapping own) {
    @Nullable String outer = context.environment().get(name);
    return outer == null ? own.text(name).orElse(null) : outer;
  }

  private static Dotenv.Lookup lookup(Dotenv.Lookup outside, Mapping earlier) {
    return new Dotenv.Lookup() {
      @Override
      public @Nullable String get(String name) {
        return outside.get(name);
      }

      @Override
      public @Nullable String earlier(String name) {
        return earlier.text(name).orElse(null);
      }
    };
  }
}
