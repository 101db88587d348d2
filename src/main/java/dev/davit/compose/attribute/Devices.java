package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRINGS;
import static dev.davit.compose.attribute.Forms.cast;
import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.Forms.word;
import static dev.davit.compose.attribute.KeyValues.LABELS;

import dev.davit.compose.text.DeviceText;
import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.util.List;

/// Devices of the machine: by name, by number, or as many of a kind as are wanted.
final class Devices {
  private static final Form DEVICE =
      either(
              checked("a device", DeviceText::parse),
              object(
                  attribute("source", checked("a device", DeviceText::source)).required(),
                  attribute("target", STRING),
                  attribute("permissions", checked("permissions", DeviceText::permissions))))
          .alwaysLongForm(Devices::longForm);

  private static final Form COUNT = cast("a number or all", Scalar.Type.INTEGER, Devices::count);

  private static final Attribute CAPABILITIES = attribute("capabilities", STRINGS);

  private static Form request(Attribute capabilities) {
    return object(
            capabilities,
            attribute("driver", STRING),
            attribute("count", COUNT),
            attribute("device_ids", STRINGS),
            attribute("options", LABELS))
        .filled(Devices::all);
  }

  /// `deploy.resources.reservations.devices`.
  static final Form RESERVED = listOf(request(CAPABILITIES.required()));

  private static final Form GPUS =
      either(word("gpus", "all"), listOf(request(CAPABILITIES))).alwaysLongForm(Devices::gpus);

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("devices", listOf(DEVICE).uniqueAs("target", Devices::target)),
          attribute("device_cgroup_rules", listOf(checked("a device rule", DeviceText::rule))),
          attribute("gpus", GPUS).notYet("up refuses the service"));

  private Devices() {}

  private static Node longForm(Node node) {
    if (!(node instanceof Scalar text)) {
      return node;
    }
    DeviceText device = DeviceText.parse(text.text());
    Place at = text.place();
    return Mapping.empty(at)
        .with("source", Scalar.text(device.source(), at))
        .with("target", Scalar.text(device.target(), at))
        .with("permissions", Scalar.text(device.permissions(), at));
  }

  private static String target(Node node) {
    return node instanceof Mapping device
        ? device.text("target").or(() -> device.text("source")).orElse("")
        : "";
  }

  private static String count(String text) {
    if (text.equals("all")) {
      return "-1";
    }
    long count = Numbers.whole(text);
    if (count < -1 || count > Integer.MAX_VALUE) {
      throw MalformedException.invalid(
          Code.OUT_OF_RANGE, "number of devices", text, "write a number, or all");
    }
    return "" + count;
  }

  /// Neither a number nor names means all of them.
  private static Node all(Node node) {
    return node instanceof Mapping request && !request.has("device_ids")
        ? request.withDefault("count", new Scalar(Scalar.Type.INTEGER, "-1", request.place()))
        : node;
  }

  private static Node gpus(Node node) {
    return node instanceof Scalar
        ? new Sequence(List.of(Mapping.empty(node.place())), node.place())
        : node;
  }
}
