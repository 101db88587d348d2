package dev.davit.compose.load;

import dev.davit.compose.load.Consistency.Site;
import dev.davit.compose.text.ContextText;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.util.List;

/// What a service's image comes from, and what its build is given.
final class BuildChecks {
  private BuildChecks() {}

  static void image(Site site) {
    boolean other = site.service().has("build") || site.service().has("provider");
    if (!other && site.view().text("image").orElse("").isBlank()) {
      site.error(
          Code.NO_IMAGE,
          site.service().place(),
          site.path(),
          "service has no image",
          "add image: NAME, or build: DIRECTORY");
    }
  }

  static void dockerfile(Site site) {
    Mapping build = site.service().mapping("build");
    if (build.has("dockerfile") && build.has("dockerfile_inline")) {
      site.error(
              Code.EXCLUSIVE,
              build.keyPlace("dockerfile_inline"),
              path(site).child("dockerfile_inline"),
              "dockerfile and dockerfile_inline exclude each other",
              "remove one")
          .note("dockerfile is here", build.keyPlace("dockerfile"));
    }
  }

  /// A context can be the image of another service, which must be built too.
  static void contexts(Site site) {
    Mapping contexts = site.service().mapping("build").mapping("additional_contexts");
    Mapping services = site.tree().mapping("services");
    for (String name : contexts.keys()) {
      String service = ContextText.service(contexts.text(name).orElse(""));
      if (!service.isEmpty() && !services.has(service)) {
        site.error(
            Code.UNDEFINED_SERVICE,
            contexts.get(name).orElseThrow().place(),
            path(site).child("additional_contexts").child(name),
            References.undefined("service", service),
            Suggestion.of(service, services.keys()));
      } else if (!service.isEmpty() && !services.mapping(service).has("build")) {
        site.error(
                Code.INCOMPLETE,
                contexts.get(name).orElseThrow().place(),
                path(site).child("additional_contexts").child(name),
                "service \"" + service + "\" is not built",
                "give it a build, or write docker-image://IMAGE")
            .note("the service is here", services.keyPlace(service));
      }
    }
  }

  static void platforms(Site site) {
    List<String> platforms = site.view().at("build").texts("platforms");
    String wanted = site.view().text("platform").orElse("");
    if (!wanted.isEmpty() && !platforms.isEmpty() && !platforms.contains(wanted)) {
      site.error(
              Code.CONTRADICTION,
              "platform",
              "platform \"" + wanted + "\" is not among build.platforms",
              "add it there")
          .note("they are here", site.service().mapping("build").keyPlace("platforms"));
    }
  }

  static void secrets(Site site) {
    GrantReferences.check(
        site, path(site).child("secrets"), site.view().at("build"), Code.UNDEFINED_SECRET);
  }

  private static TreePath path(Site site) {
    return site.path().child("build");
  }
}
