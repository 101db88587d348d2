package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.BYTES;
import static dev.davit.compose.attribute.Forms.DECIMALS;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.WHOLE;
import static dev.davit.compose.attribute.Forms.cast;
import static dev.davit.compose.attribute.Forms.checkedOrEmpty;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.mapOf;
import static dev.davit.compose.attribute.Forms.object;

import dev.davit.compose.text.Bytes;
import dev.davit.compose.text.Durations;
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

  static final Form ULIMITS = mapOf(KernelNames::limit, ULIMIT);

  private static final Form MICROS =
      cast("microseconds", Scalar.Type.INTEGER, it -> "" + Durations.micros(it));

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("cpus", DECIMALS),
          attribute("cpu_period", WHOLE),
          attribute("cpu_quota", WHOLE),
          attribute("cpu_shares", WHOLE),
          attribute("cpuset", checkedOrEmpty("a list of cpus", Resources::cpuset)),
          attribute("mem_limit", BYTES),
          attribute("mem_reservation", BYTES),
          attribute("memswap_limit", BYTES),
          attribute("oom_score_adj", cast("a number", Scalar.Type.INTEGER, Resources::oomScore)),
          attribute("pids_limit", WHOLE),
          attribute("shm_size", BYTES),
          attribute("ulimits", ULIMITS),
          attribute("cpu_rt_period", MICROS),
          attribute("cpu_rt_runtime", MICROS),
          attribute("mem_swappiness", cast("a percentage", Scalar.Type.TEXT, Resources::percent)),
          attribute("oom_kill_disable", FLAG),
          BlockIo.BLKIO_CONFIG);

  private Resources() {}

  /// docker prints a limit of nothing in its long form only.
  private static Node nothing(Node node) {
    return node instanceof Scalar limit && limit.text().equals("0")
        ? Mapping.empty(limit.place()).with("soft", limit).with("hard", limit)
        : node;
  }

  private static String percent(String text) {
    long percent = Bytes.parse(text);
    if (percent < -1 || percent > 100) {
      throw MalformedException.invalid(
          Code.OUT_OF_RANGE, "swappiness", text, "write a number from 0 to 100");
    }
    return "" + percent;
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
