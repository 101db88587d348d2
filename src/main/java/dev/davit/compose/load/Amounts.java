package dev.davit.compose.load;

import dev.davit.compose.load.Consistency.Site;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Limits that the kernel or docker would refuse, and limits said twice with different amounts.
final class Amounts {
  /// docker's minimum: less cannot start a process reliably.
  private static final long MIN_MEMORY = 6 << 20;

  /// An attribute of the service and its twin below `deploy.resources`.
  private record Twin(String attribute, String part, String twin) {}

  private static final List<Twin> TWINS =
      List.of(
          new Twin("cpus", "limits", "cpus"),
          new Twin("mem_limit", "limits", "memory"),
          new Twin("mem_reservation", "reservations", "memory"),
          new Twin("pids_limit", "limits", "pids"));

  private Amounts() {}

  static void sameTwice(Site site) {
    for (Twin twin : TWINS) {
      Optional<String> own = site.view().text(twin.attribute());
      Optional<String> deploy =
          site.view().at("deploy").at("resources").at(twin.part()).text(twin.twin());
      if (own.isPresent() && deploy.isPresent() && !own.equals(deploy)) {
        String other = "deploy.resources." + twin.part() + "." + twin.twin();
        Mapping resources = site.service().mapping("deploy").mapping("resources");
        String message =
            "%s is %s and %s is %s".formatted(twin.attribute(), own.get(), other, deploy.get());
        site.error(Code.CONTRADICTION, twin.attribute(), message, "remove one")
            .note(other + " is here", resources.mapping(twin.part()).keyPlace(twin.twin()));
      }
    }
  }

  static void memory(Site site) {
    View limits = site.view().at("deploy").at("resources").at("limits");
    TreePath path = site.path().child("deploy").child("resources").child("limits");
    enough(site, site.view(), "mem_limit", site.path());
    enough(site, limits, "memory", path);
    OptionalLong memory = LimitsBinder.memory(site.view());
    OptionalLong swap = site.view().whole("memswap_limit");
    if (swap.isEmpty() || swap.getAsLong() <= 0) {
      return;
    }
    if (memory.isEmpty()) {
      site.error(
          Code.INCOMPLETE, "memswap_limit", "memswap_limit without mem_limit", "add mem_limit");
    } else if (swap.getAsLong() < memory.getAsLong()) {
      site.error(
          Code.OUT_OF_RANGE,
          "memswap_limit",
          "memswap_limit is less than mem_limit",
          "it is memory and swap together");
    }
  }

  private static void enough(Site site, View view, String attribute, TreePath parent) {
    OptionalLong bytes = view.whole(attribute);
    if (bytes.isPresent() && bytes.getAsLong() != 0 && bytes.getAsLong() < MIN_MEMORY) {
      site.error(
          Code.OUT_OF_RANGE,
          view.mapping().get(attribute).orElseThrow().place(),
          parent.child(attribute),
          "memory limit of " + bytes.getAsLong() + " bytes is below the minimum",
          "give at least 6m");
    }
  }

  static void cpus(Site site) {
    View limits = site.view().at("deploy").at("resources").at("limits");
    TreePath path = site.path().child("deploy").child("resources").child("limits");
    notNegative(site, site.view(), "cpus", site.path());
    notNegative(site, limits, "cpus", path);
    notNegative(site, site.view(), "cpu_shares", site.path());
    notNegative(site, site.view(), "cpu_period", site.path());
    boolean both = site.service().has("cpus") && site.service().has("cpu_quota");
    if (both) {
      site.error(Code.EXCLUSIVE, "cpu_quota", "cpus and cpu_quota exclude each other", "remove one")
          .note("cpus is here", site.service().keyPlace("cpus"));
    }
  }

  static void counts(Site site) {
    View deploy = site.view().at("deploy");
    TreePath path = site.path().child("deploy");
    notNegative(site, site.view().at("healthcheck"), "retries", site.path().child("healthcheck"));
    for (String config : List.of("update_config", "rollback_config")) {
      notNegative(site, deploy.at(config), "parallelism", path.child(config));
    }
  }

  private static void notNegative(Site site, View view, String attribute, TreePath parent) {
    if (view.decimal(attribute).orElse(0) < 0) {
      site.error(
          Code.OUT_OF_RANGE,
          view.mapping().get(attribute).orElseThrow().place(),
          parent.child(attribute),
          "negative amount",
          null);
    }
  }
}
