package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.BYTES;
import static dev.davit.compose.attribute.Forms.DECIMALS;
import static dev.davit.compose.attribute.Forms.SMALL;
import static dev.davit.compose.attribute.Forms.WHOLE;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.Forms.orNothing;
import static dev.davit.compose.attribute.Forms.word;

/// `deploy`: what is written for clusters and has, in part, a meaning on one machine.
final class Deploy {
  private static final Form LIMITS =
      object(attribute("cpus", DECIMALS), attribute("memory", BYTES), attribute("pids", WHOLE));

  private static final Form RESERVATIONS =
      object(
          Later.ineffective("cpus"),
          attribute("memory", BYTES),
          Later.attribute("generic_resources"),
          Later.attribute("devices"));

  private static final Form RESTART_POLICY =
      object(
          attribute("condition", word("condition", "none", "on-failure", "any")),
          Later.ineffective("delay"),
          attribute("max_attempts", SMALL),
          Later.ineffective("window"));

  static final Attribute DEPLOY =
      attribute(
          "deploy",
          orNothing(
              object(
                  Later.ineffective("mode"),
                  Later.ineffective("endpoint_mode"),
                  attribute("replicas", Lifecycle.COUNT).unhashed(),
                  Later.ineffective("labels"),
                  Later.ineffective("update_config"),
                  Later.ineffective("rollback_config"),
                  attribute(
                      "resources",
                      object(attribute("limits", LIMITS), attribute("reservations", RESERVATIONS))),
                  attribute("restart_policy", RESTART_POLICY),
                  Later.ineffective("placement"))));

  private Deploy() {}
}
