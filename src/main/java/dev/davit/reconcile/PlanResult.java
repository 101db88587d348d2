package dev.davit.reconcile;

import dev.davit.error.DavitException;
import java.time.Duration;
import java.util.List;

/// How a plan ended.
///
/// @param failures of operations that were tried, in the order of the plan
/// @param skipped operations not tried, since something before them failed or it was cancelled
/// @param took from the first to the last
public record PlanResult(
    List<Failure> failures, List<Plan.Node> skipped, boolean cancelled, Duration took) {
  public record Failure(Plan.Node node, DavitException cause) {}

  public boolean succeeded() {
    return failures.isEmpty() && skipped.isEmpty() && !cancelled;
  }
}
