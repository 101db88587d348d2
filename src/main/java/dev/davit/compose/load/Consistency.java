package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Problems.Report;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Phase: what is right by itself must fit together. Only services that take part are looked at.
final class Consistency {

  /// One sort of check of one service.
  interface Check {
    void apply(Site site);
  }

  /// A service under check, and where to complain.
  record Site(String name, Mapping service, Mapping tree, Context context) {
    TreePath path() {
      return TreePath.of("services", name);
    }

    View view() {
      return new View(service);
    }

    Report error(Code code, String attribute, String message, @Nullable String help) {
      return error(code, service.keyPlace(attribute), path().child(attribute), message, help);
    }

    Report error(Code code, Place place, TreePath path, String message, @Nullable String help) {
      return context.problems().error(code, place, path, message, help);
    }
  }

  private static final List<Check> CHECKS =
      List.of(
          References::networks,
          StaticAddresses::check,
          References::volumes,
          GrantReferences::secrets,
          GrantReferences::configs,
          References::dependencies,
          References::implied,
          References::models,
          BuildChecks::image,
          BuildChecks::dockerfile,
          BuildChecks::contexts,
          BuildChecks::platforms,
          BuildChecks::secrets,
          Conflicts::networkMode,
          Conflicts::replicas,
          Conflicts::containerName,
          Conflicts::healthcheck,
          Conflicts::macAddress,
          Conflicts::devices,
          Conflicts::watch,
          Conflicts::restart,
          MountTargets::check,
          Amounts::sameTwice,
          Amounts::memory,
          Amounts::cpus,
          Amounts::counts);

  private Consistency() {}

  static Mapping apply(Mapping tree, Context context) {
    Mapping services = tree.mapping("services");
    if (services.keys().isEmpty()) {
      context
          .problems()
          .warning(
              Code.NO_SERVICES,
              tree.place(),
              TreePath.ROOT,
              "no services",
              "add them below services:");
    }
    Mapping enabled = context.profiles().enabled(services);
    for (String name : enabled.keys()) {
      var site = new Site(name, enabled.mapping(name), tree, context);
      CHECKS.forEach(check -> check.apply(site));
    }
    Cycles.check(enabled, context);
    Mapping together = enabled.keep(Selection.of(services, context)::contains);
    ContainerNames.check(together, context);
    PublishedPorts.check(together, context);
    External.check(tree, context);
    FileSources.check(tree, context);
    return tree;
  }
}
