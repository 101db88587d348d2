package dev.davit.compose.load;

import dev.davit.compose.Deploy;
import dev.davit.compose.Deploy.Placement;
import dev.davit.compose.Deploy.RestartTiming;
import dev.davit.compose.Deploy.Rollout;
import java.util.LinkedHashMap;
import java.util.Map;

/// `deploy`, but for its replicas, limits and the policy of its restarts.
final class DeployBinder {
  private DeployBinder() {}

  static Deploy bind(View deploy) {
    View policy = deploy.at("restart_policy");
    View reservations = deploy.at("resources").at("reservations");
    return new Deploy(
        deploy.text("mode"),
        deploy.text("endpoint_mode"),
        ServiceBinder.labels(deploy, "labels"),
        deploy.ifPresent("update_config").map(DeployBinder::rollout),
        deploy.ifPresent("rollback_config").map(DeployBinder::rollout),
        placement(deploy.at("placement")),
        new RestartTiming(policy.duration("delay"), policy.duration("window")),
        reservations.decimal("cpus"),
        reserved(reservations));
  }

  private static Rollout rollout(View config) {
    return new Rollout(
        config.whole("parallelism"),
        config.duration("delay"),
        config.text("failure_action"),
        config.duration("monitor"),
        config.decimal("max_failure_ratio"),
        config.text("order"));
  }

  private static Placement placement(View placement) {
    return new Placement(
        placement.texts("constraints"),
        placement.views("preferences").stream().flatMap(it -> it.text("spread").stream()).toList(),
        placement.whole("max_replicas_per_node"));
  }

  private static Map<String, Long> reserved(View reservations) {
    var reserved = new LinkedHashMap<String, Long>();
    for (View resource : reservations.views("generic_resources")) {
      View discrete = resource.at("discrete_resource_spec");
      discrete
          .text("kind")
          .ifPresent(kind -> reserved.merge(kind, discrete.whole("value").orElse(0), Long::sum));
    }
    return reserved;
  }
}
