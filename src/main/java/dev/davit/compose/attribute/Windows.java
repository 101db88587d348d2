package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.cast;
import static dev.davit.compose.attribute.Forms.object;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.tree.Scalar;
import dev.davit.error.Code;
import java.math.BigDecimal;
import java.util.List;

/// What only containers of Windows have.
final class Windows {
  private static final String WHY = "it is for Windows";

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("cpu_count", cast("a number of cpus", Scalar.Type.INTEGER, Windows::count))
              .noEffect(WHY),
          attribute("cpu_percent", cast("a percentage", Scalar.Type.DECIMAL, Windows::percent))
              .noEffect(WHY),
          attribute(
                  "credential_spec",
                  object(
                      attribute("config", STRING),
                      attribute("file", STRING),
                      attribute("registry", STRING)))
              .noEffect(WHY),
          attribute("isolation", STRING.noEffect("isolation", it -> !it.equals("default"), WHY)));

  private Windows() {}

  private static String count(String text) {
    long count = Numbers.whole(text);
    if (count < 0) {
      throw MalformedException.invalid(Code.OUT_OF_RANGE, "number of cpus", text, null);
    }
    return "" + count;
  }

  private static String percent(String text) {
    String percent = Numbers.decimal(text);
    var number = new BigDecimal(percent);
    if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw MalformedException.invalid(
          Code.OUT_OF_RANGE, "percentage", text, "write a number from 0 to 100");
    }
    return percent;
  }
}
