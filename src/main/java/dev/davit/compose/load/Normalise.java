package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/// Phases that write down what a file leaves unsaid: the default network, dependencies that follow
/// from shared namespaces, and the names of things on the machine.
final class Normalise {
  private static final String DEFAULT = "default";

  private Normalise() {}

  /// Phase: `version` has no meaning any more.
  static Mapping version(Mapping tree, Context context) {
    if (tree.has("version")) {
      context
          .problems()
          .warning(
              Code.OBSOLETE,
              tree.keyPlace("version"),
              TreePath.of("version"),
              "attribute \"version\" is obsolete and ignored",
              "remove the line");
    }
    return tree.without("version");
  }

  /// Phase: services without networks are on `default`, which exists if it is used.
  static Mapping defaultNetwork(Mapping tree, Context context) {
    Mapping services = tree.mapping("services").mapValues((_, it) -> onDefault((Mapping) it));
    Mapping with = tree.has("services") ? tree.with("services", services) : tree;
    boolean used =
        services.keys().stream()
            .anyMatch(it -> services.mapping(it).mapping("networks").has(DEFAULT));
    Mapping networks = with.mapping("networks");
    return used && !networks.has(DEFAULT)
        ? with.with("networks", networks.with(DEFAULT, Mapping.empty(services.place())))
        : with;
  }

  private static Mapping onDefault(Mapping service) {
    boolean elsewhere = service.has("network_mode") || service.has("provider");
    if (elsewhere || !service.mapping("networks").keys().isEmpty()) {
      return service;
    }
    Place place = service.place();
    return service.with("networks", Mapping.empty(place).with(DEFAULT, Scalar.nothing(place)));
  }

  /// Phase: whoever uses something of another service starts after it.
  static Mapping dependencies(Mapping tree, Context context) {
    Mapping services = tree.mapping("services");
    return inServices(tree, service -> withImplied(service, services));
  }

  private static Mapping withImplied(Mapping service, Mapping services) {
    var dependencies = service.mapping("depends_on").draft();
    for (Implied implied : Implied.of(TreePath.ROOT, service)) {
      String other = implied.service();
      if (services.has(other) && !dependencies.has(other)) {
        dependencies.set(other, dependency(implied));
      }
    }
    Mapping all = dependencies.done();
    return all.keys().isEmpty() ? service : service.with("depends_on", all);
  }

  private static Mapping dependency(Implied implied) {
    Place place = implied.place();
    return Mapping.empty(place)
        .with("condition", Scalar.text("service_started", place))
        .with("restart", Scalar.bool(implied.restart(), place))
        .with("required", Scalar.bool(true, place));
  }

  /// Phase: a `pre_start` hook without image runs on that of its service.
  static Mapping hookImages(Mapping tree, Context context) {
    return !tree.has("services")
        ? tree
        : tree.with(
            "services",
            tree.mapping("services")
                .mapValues((name, it) -> withHookImages(name, (Mapping) it, context)));
  }

  private static Mapping withHookImages(String name, Mapping service, Context context) {
    if (!(service.get("pre_start").orElse(null) instanceof Sequence hooks)) {
      return service;
    }
    String image = service.text("image").orElse(context.projectName() + "-" + name);
    List<Node> all =
        hooks.items().stream()
            .<Node>map(
                it ->
                    it instanceof Mapping hook
                        ? hook.withDefault("image", Scalar.text(image, hook.place()))
                        : it)
            .toList();
    return service.with("pre_start", new Sequence(all, hooks.place()));
  }

  /// Phase: the name of the Dockerfile, and the one name of a policy that has two.
  static Mapping images(Mapping tree, Context context) {
    return inServices(tree, service -> withPolicy(withDockerfile(service)));
  }

  private static Mapping withDockerfile(Mapping service) {
    return service.get("build").orElse(null) instanceof Mapping build
            && !build.has("dockerfile_inline")
        ? service.with(
            "build", build.withDefault("dockerfile", Scalar.text("Dockerfile", build.place())))
        : service;
  }

  private static Mapping withPolicy(Mapping service) {
    return service.get("pull_policy").orElse(null) instanceof Scalar policy
            && policy.text().equals("if_not_present")
        ? service.with("pull_policy", Scalar.text("missing", policy.place()))
        : service;
  }

  /// Phase: mount targets without `.`, `..` and doubled slashes.
  static Mapping targets(Mapping tree, Context context) {
    return inServices(
        tree,
        service ->
            service.get("volumes").orElse(null) instanceof Sequence list
                ? service.with(
                    "volumes",
                    new Sequence(
                        list.items().stream().map(Normalise::cleanTarget).toList(), list.place()))
                : service);
  }

  private static Node cleanTarget(Node node) {
    if (!(node instanceof Mapping mount)
        || !(mount.get("target").orElse(null) instanceof Scalar target)) {
      return node;
    }
    String clean = Path.of(target.text()).normalize().toString();
    return mount.with("target", Scalar.text(clean, target.place()));
  }

  /// Phase: networks, volumes, secrets and configs get their names on the machine: as written, the
  /// key of what is external, else `PROJECT_KEY`.
  static Mapping names(Mapping tree, Context context) {
    Mapping named = tree;
    for (String section : List.of("networks", "volumes", "secrets", "configs")) {
      if (tree.has(section)) {
        Mapping all = tree.mapping(section);
        named =
            named.with(section, all.mapValues((key, _) -> named(key, all.mapping(key), context)));
      }
    }
    return named;
  }

  /// Phase: the name of the project, wherever it comes from.
  static Mapping projectName(Mapping tree, Context context) {
    return tree.with("name", Scalar.text(context.projectName(), tree.place()));
  }

  private static Node named(String key, Mapping thing, Context context) {
    String name = new View(thing).flag("external") ? key : context.projectName() + "_" + key;
    return thing.withDefault("name", Scalar.text(name, thing.place()));
  }

  private static Mapping inServices(Mapping tree, UnaryOperator<Mapping> change) {
    return tree.has("services")
        ? tree.with(
            "services", tree.mapping("services").mapValues((_, it) -> change.apply((Mapping) it)))
        : tree;
  }
}
