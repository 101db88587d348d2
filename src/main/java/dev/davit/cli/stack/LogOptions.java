package dev.davit.cli.stack;

import dev.davit.cli.UsageException;
import dev.davit.cli.row.Times;
import dev.davit.engine.Logs.Query;
import dev.davit.error.Code;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/// Which lines of logs are shown.
public record LogOptions(
    @Option(shortName = 'f', description = "Follow log output") boolean follow,
    @Option(shortName = 'n', defaultValue = "all", description = "Last lines of each container")
        String tail,
    @Option(shortName = 't', description = "Show timestamps") boolean timestamps,
    @Option(description = "Show logs since a time (2013-01-02T13:23:37Z) or for 42m")
        @Nullable String since,
    @Option(description = "Show logs before a time or 42m ago") @Nullable String until,
    @Option(description = "Show the control sequences of containers as they are") boolean raw) {

  /// @param now what durations count back from
  public Query query(Instant now) {
    return new Query(
        Times.point("--since", since, now), Times.point("--until", until, now), lines());
  }

  private OptionalInt lines() {
    if (tail.equals("all")) {
      return OptionalInt.empty();
    }
    if (!tail.matches("\\d{1,9}")) {
      throw new UsageException(
          Code.INVALID_OPTION,
          "value \"" + tail + "\" of \"--tail\" is no number of lines",
          "write a number or all",
          tail);
    }
    return OptionalInt.of(Integer.parseInt(tail));
  }
}
