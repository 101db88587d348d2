package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.BYTES;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.cast;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.object;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.tree.Scalar;
import dev.davit.error.Code;

/// `blkio_config`: a container's share of block devices.
final class BlockIo {
  private static final Form WEIGHT = cast("a weight", Scalar.Type.INTEGER, BlockIo::weight);

  private static final Attribute PATH = attribute("path", STRING).required();

  private static final Form RATES = listOf(object(PATH, attribute("rate", BYTES).required()));

  static final Attribute BLKIO_CONFIG =
      attribute(
          "blkio_config",
          object(
              attribute("weight", WEIGHT),
              attribute(
                  "weight_device", listOf(object(PATH, attribute("weight", WEIGHT).required()))),
              attribute("device_read_bps", RATES),
              attribute("device_read_iops", RATES),
              attribute("device_write_bps", RATES),
              attribute("device_write_iops", RATES)));

  private BlockIo() {}

  private static String weight(String text) {
    long weight = Numbers.whole(text);
    if (weight != 0 && (weight < 10 || weight > 1000)) {
      throw MalformedException.invalid(
          Code.OUT_OF_RANGE, "weight", text, "write a number from 10 to 1000");
    }
    return "" + weight;
  }
}
