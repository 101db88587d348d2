package dev.davit.cli.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.davit.engine.Container;
import dev.davit.engine.Statistics.Sample;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import java.util.Locale;

/// What a container uses, as docker lists it.
public record StatsRow(
    @Header("BLOCK I/O") @JsonProperty("BlockIO") String blockIo,
    @Header("CPU %") @JsonProperty("CPUPerc") String cpuPercent,
    String container,
    @Header("CONTAINER ID") @JsonProperty("ID") String id,
    @Header("MEM %") @JsonProperty("MemPerc") String memoryPercent,
    @Header("MEM USAGE / LIMIT") @JsonProperty("MemUsage") String memoryUsage,
    String name,
    @Header("NET I/O") @JsonProperty("NetIO") String networkIo,
    @JsonProperty("PIDs") String pids) {
  public static final Layout<StatsRow> LAYOUT =
      Layout.of(
          StatsRow.class,
          "{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}");

  /// @param before an earlier sample: CPU time is counted from there
  public static StatsRow of(Container container, Sample before, Sample now, boolean whole) {
    String id = whole ? container.id() : container.shortId();
    double share = now.memoryLimit() == 0 ? 0 : 100.0 * now.memory() / now.memoryLimit();
    return new StatsRow(
        pair(now.read(), now.written()),
        percent(100 * now.cpus(before)),
        id,
        id,
        percent(share),
        Sizes.binary(now.memory()) + " / " + Sizes.binary(now.memoryLimit()),
        container.name(),
        pair(now.received(), now.sent()),
        Long.toString(now.pids()));
  }

  private static String pair(long in, long out) {
    return Sizes.decimal(in) + " / " + Sizes.decimal(out);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }
}
