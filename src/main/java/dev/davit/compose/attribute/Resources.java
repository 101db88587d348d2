package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.BYTES;
import static dev.davit.compose.attribute.Forms.DECIMALS;
import static dev.davit.compose.attribute.Forms.WHOLE;
import static dev.davit.compose.attribute.Forms.cast;
import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.mapOf;
import static dev.davit.compose.attribute.Forms.object;

import dev.davit.compose.text.KernelNames;
import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.error.Code;
import java.util.List;

/// What a container may use of the machine.
final class Resources {
  private static final Form ULIMIT =
      either(
              WHOLE,
              object(attribute("soft", WHOLE).required(), attribute("hard", WHOLE).required()))
          .longForm(Resources::nothing)
          .replaced();

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("cpus", DECIMALS),
          attribute("cpu_period", WHOLE),
          attribute("cpu_quota", WHOLE),
          attribute("cpu_shares", WHOLE),
          attribute("cpuset", checked("a list of cpus", Resources::cpuset)),
          attribute("mem_limit", BYTES),
          attribute("mem_reservation", BYTES),
          attribute("memswap_limit", BYTES),
          attribute("oom_score_adj", cast("a number", Scalar.Type.INTEGER, Resources::oomScore)),
          attribute("pids_limit", WHOLE),
          attribute("shm_size", BYTES),
          attribute("ulimits", mapOf(KernelNames::limit, ULIMIT)));

  private Resources() {}

  /// docker prints a limit of nothing in its long form only.
  private static Node nothing(Node node) {
    return node instanceof Scalar limit && limit.text().equals("0")
        ? Mapping.empty(limit.place()).with("soft", limit).with("hard", limit)
        : node;
  }

  private static void cpuset(String text) {
    if (!text.matches("\\d+(-\\d+)?(,\\d+(-\\d+)?)*")) {
      throw MalformedException.invalid(
          Code.INVALID_NUMBER, "list of cpus", text, "write numbers and ranges, such as 0-2,5");
    }
  }

  private static String oomScore(String text) {
    long score = Numbers.whole(text);
    if (Math.abs(score) > 1000) {
      throw MalformedException.invalid(
          Code.OUT_OF_RANGE, "score", text, "write a number from -1000 to 1000");
    }
    return "" + score;
  }
}
