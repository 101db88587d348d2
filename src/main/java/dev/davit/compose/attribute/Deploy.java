package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.BYTES;
import static dev.davit.compose.attribute.Forms.DECIMALS;
import static dev.davit.compose.attribute.Forms.DURATION;
import static dev.davit.compose.attribute.Forms.NOTHING;
import static dev.davit.compose.attribute.Forms.SMALL;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRINGS;
import static dev.davit.compose.attribute.Forms.WHOLE;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.Forms.word;
import static dev.davit.compose.attribute.Forms.wordOrEmpty;
import static dev.davit.compose.attribute.KeyValues.LABELS;

import java.util.List;

/// `deploy`: what is written for clusters and has, in part, a meaning on one machine.
final class Deploy {
  private static final String CLUSTER = "it is for clusters";

  private static final Form MODE = STRING.noEffect("mode", it -> !it.equals("replicated"), CLUSTER);

  private static final Form UPDATE =
      object(
          attribute("parallelism", SMALL),
          attribute("delay", DURATION),
          attribute("failure_action", STRING),
          attribute("monitor", DURATION),
          attribute("max_failure_ratio", DECIMALS),
          attribute("order", word("order", "start-first", "stop-first")));

  private static final Form PLACEMENT =
      object(
          attribute("constraints", STRINGS),
          attribute("preferences", listOf(object(attribute("spread", STRING)))),
          attribute("max_replicas_per_node", SMALL));

  private static final Form LIMITS =
      object(attribute("cpus", DECIMALS), attribute("memory", BYTES), attribute("pids", WHOLE));

  private static final Form GENERIC =
      listOf(
          object(
              attribute(
                  "discrete_resource_spec",
                  object(attribute("kind", STRING), attribute("value", WHOLE)))));

  private static final Form RESERVATIONS =
      object(
          attribute("cpus", DECIMALS).noEffect(CLUSTER),
          attribute("memory", BYTES),
          attribute("generic_resources", GENERIC).noEffect(CLUSTER),
          attribute("devices", Devices.RESERVED).notYet("up refuses the service"));

  private static final Form RESTART_POLICY =
      object(
          attribute("condition", wordOrEmpty("condition", List.of("none", "on-failure", "any"))),
          attribute("delay", DURATION).noEffect("restarts wait as docker's do"),
          attribute("max_attempts", SMALL),
          attribute("window", DURATION).noEffect("restarts wait as docker's do"));

  static final Attribute DEPLOY =
      attribute(
          "deploy",
          either(
              object(
                  attribute("mode", MODE),
                  attribute("endpoint_mode", STRING).noEffect(CLUSTER),
                  attribute("replicas", Lifecycle.COUNT).unhashed(),
                  attribute("labels", LABELS).noEffect(CLUSTER),
                  attribute("update_config", UPDATE).noEffect(CLUSTER),
                  attribute("rollback_config", UPDATE).noEffect(CLUSTER),
                  attribute(
                      "resources",
                      object(attribute("limits", LIMITS), attribute("reservations", RESERVATIONS))),
                  attribute("restart_policy", RESTART_POLICY),
                  attribute("placement", PLACEMENT).noEffect(CLUSTER)),
              NOTHING));

  private Deploy() {}
}
