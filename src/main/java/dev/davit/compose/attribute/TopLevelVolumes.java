package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRING_MAP;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.Forms.orNothing;
import static dev.davit.compose.attribute.KeyValues.LABELS;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import java.util.function.UnaryOperator;

/// `volumes` at the top level.
final class TopLevelVolumes {
  static final Form VOLUME =
      orNothing(
              object(
                  attribute("name", STRING),
                  attribute(
                      "driver",
                      STRING.notYet(
                          "volume driver", it -> !it.equals("local"), "up refuses the volume")),
                  attribute("driver_opts", STRING_MAP),
                  External.EXTERNAL,
                  attribute("labels", LABELS)))
          .onHost(TopLevelVolumes::device);

  private TopLevelVolumes() {}

  /// `driver: local` and `o: bind`, exactly, make the device a path.
  private static Node device(Node node, UnaryOperator<String> absolute) {
    if (!(node instanceof Mapping volume) || !volume.text("driver").orElse("").equals("local")) {
      return node;
    }
    Mapping options = volume.mapping("driver_opts");
    return options.text("o").orElse("").equals("bind")
        ? volume.with("driver_opts", options.changed("device", absolute))
        : volume;
  }
}
