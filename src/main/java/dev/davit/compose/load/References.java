package dev.davit.compose.load;

import dev.davit.compose.load.Consistency.Site;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Problem.Severity;
import dev.davit.error.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a service names must be there.
final class References {
  private References() {}

  static void networks(Site site) {
    Mapping networks = site.service().mapping("networks");
    Set<String> defined = site.tree().mapping("networks").keys();
    for (String name : networks.keys()) {
      if (!defined.contains(name)) {
        TreePath path = site.path().child("networks");
        String help = helpFor("networks", name, defined);
        site.error(
            Code.UNDEFINED_NETWORK,
            networks.keyPlace(name),
            path,
            undefined("network", name),
            help);
      }
    }
  }

  static void volumes(Site site) {
    Set<String> defined = site.tree().mapping("volumes").keys();
    List<Node> mounts = site.view().items("volumes");
    for (int i = 0; i < mounts.size(); i++) {
      var mount = new View((Mapping) mounts.get(i));
      String source = mount.text("source").orElse("");
      boolean named = mount.text("type").orElse("").equals("volume") && !source.isEmpty();
      if (named && !defined.contains(source)) {
        TreePath path = site.path().child("volumes").item(i);
        String help = helpFor("volumes", source, defined);
        site.error(
            Code.UNDEFINED_VOLUME,
            site.context()
                .problems()
                .lines()
                .part(mount.mapping().get("source").orElseThrow().place(), source),
            path,
            undefined("volume", source),
            source.contains("/") ? "a path begins with ./ or /" : help);
      }
    }
  }

  static void dependencies(Site site) {
    Mapping dependencies = site.service().mapping("depends_on");
    for (String name : dependencies.keys()) {
      if (!isImplied(site, name, dependencies.keyPlace(name))) {
        var dependency = new View(dependencies.mapping(name));
        TreePath path = site.path().child("depends_on");
        service(site, name, ", or write required: false in the dependency")
            .filter(it -> it.code() == Code.UNDEFINED_SERVICE || dependency.flag("required", true))
            .or(() -> health(site, name, dependency))
            .ifPresent(it -> it.tell(site, dependencies.keyPlace(name), path));
      }
    }
  }

  /// A check that is switched off never succeeds; one that is not written may be the image's.
  private static Optional<Complaint> health(Site site, String name, View dependency) {
    var check = new View(site.tree().mapping("services").mapping(name).mapping("healthcheck"));
    List<String> test = check.texts("test");
    boolean off = check.flag("disable") || test.stream().limit(1).anyMatch("NONE"::equals);
    if (!dependency.text("condition").orElse("").equals("service_healthy")
        || (!test.isEmpty() && !off)) {
      return Optional.empty();
    }
    String none =
        off
            ? "has its health check switched off and never becomes healthy"
            : "has no health check here: unless its image has one, it never becomes healthy";
    return Optional.of(
        new Complaint(
            off ? Severity.ERROR : Severity.WARNING,
            Code.NO_HEALTH_CHECK,
            "service \"" + name + "\" " + none,
            "give it a healthcheck, or write condition: service_started"));
  }

  /// Links, namespaces and mounts of other services.
  static void implied(Site site) {
    for (Implied implied : Implied.of(site.path(), site.service())) {
      Place place = site.context().problems().lines().part(implied.place(), implied.service());
      service(site, implied.service(), "").ifPresent(it -> it.tell(site, place, implied.path()));
    }
  }

  static void models(Site site) {
    Mapping models = site.service().mapping("models");
    Set<String> defined = site.tree().mapping("models").keys();
    for (String name : models.keys()) {
      if (!defined.contains(name)) {
        site.error(
            Code.UNDEFINED_MODEL,
            models.keyPlace(name),
            site.path().child("models"),
            undefined("model", name),
            helpFor("models", name, defined));
      }
    }
  }

  /// Whether a phase wrote the dependency down for another attribute, which has its own check.
  private static boolean isImplied(Site site, String name, Place dependency) {
    return Implied.of(site.path(), site.service()).stream()
        .anyMatch(it -> it.service().equals(name) && it.place().equals(dependency));
  }

  private record Complaint(Severity severity, Code code, String message, @Nullable String help) {
    void tell(Site site, Place place, TreePath path) {
      if (severity == Severity.ERROR) {
        site.error(code, place, path, message, help);
      } else {
        site.context().problems().warning(code, place, path, message, help);
      }
    }
  }

  /// What is wrong with depending on a service.
  ///
  /// @param remedy besides activating its profile
  private static Optional<Complaint> service(Site site, String name, String remedy) {
    Mapping services = site.tree().mapping("services");
    if (!services.has(name)) {
      String help = Suggestion.of(name, services.keys());
      return Optional.of(
          new Complaint(Severity.ERROR, Code.UNDEFINED_SERVICE, undefined("service", name), help));
    }
    Mapping other = services.mapping(name);
    if (site.context().profiles().enable(other)
        || !Selection.of(services, site.context()).contains(site.name())) {
      return Optional.empty();
    }
    List<String> profiles = Profiles.of(other);
    return Optional.of(
        new Complaint(
            Severity.ERROR,
            Code.DISABLED_SERVICE,
            "service \"" + name + "\" is disabled: its profiles are " + String.join(", ", profiles),
            "activate it with --profile %1$s or COMPOSE_PROFILES=%1$s%2$s"
                .formatted(profiles.getFirst(), remedy)));
  }

  static String undefined(String what, String name) {
    return "undefined " + what + " \"" + name + "\"";
  }

  static String helpFor(String section, String name, Set<String> defined) {
    String nearest = Suggestion.of(name, defined);
    return nearest == null
        ? "add \"" + name + ":\" below " + section + ": at the top level"
        : nearest;
  }
}
