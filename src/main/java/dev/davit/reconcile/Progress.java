package dev.davit.reconcile;

import dev.davit.error.DavitException;
import java.time.Duration;

/// Hears how a plan is carried out. Called by many threads at a time.
public interface Progress {
  /// Before the first operation.
  default void planned(Plan plan) {}

  default void started(Plan.Node node) {}

  default void finished(Plan.Node node, Duration took) {}

  default void failed(Plan.Node node, DavitException cause) {}

  /// @param reason why it was not tried, or could not be done where it need not be
  default void skipped(Plan.Node node, String reason) {}

  /// A line that a hook has written.
  default void output(Plan.Node node, String line) {}

  /// How far it is, in bytes.
  default void advanced(Plan.Node node, long done, long total) {}

  /// Done, but something is to be known of it.
  default void warned(Plan.Node node, String warning) {}

  /// After the last operation.
  default void ended(PlanResult result) {}

  /// Hears and says nothing.
  Progress NONE = new Progress() {};
}
