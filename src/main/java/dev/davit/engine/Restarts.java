package dev.davit.engine;

import java.time.Duration;

/// Whether and when a container that has ended is started again; pure.
final class Restarts {
  static final Duration FIRST = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofMinutes(1);
  static final Duration STEADY = Duration.ofSeconds(10);

  private Restarts() {}

  /// @param count restarts by the policy so far
  /// @param stoppedByHand since it was last started
  static boolean afterExit(RestartPolicy policy, int exitCode, int count, boolean stoppedByHand) {
    if (stoppedByHand) {
      return false;
    }
    return switch (policy.name()) {
      case NO -> false;
      case ALWAYS, UNLESS_STOPPED -> true;
      case ON_FAILURE -> exitCode != 0 && (policy.maxRetries() == 0 || count < policy.maxRetries());
    };
  }

  /// As [#afterExit] when an engine opens and finds the container ended: `always` forgets that it
  /// was stopped by hand, as docker has it.
  static boolean atOpen(RestartPolicy policy, int exitCode, int count, boolean stoppedByHand) {
    boolean forgets = policy.name() == RestartPolicy.Name.ALWAYS;
    return afterExit(policy, exitCode, count, stoppedByHand && !forgets);
  }

  /// The pause before the next start.
  ///
  /// @param last the pause before the last one, zero for none
  /// @param ran how long it was up
  static Duration pause(Duration last, Duration ran) {
    if (last.isZero() || ran.compareTo(STEADY) >= 0) {
      return FIRST;
    }
    Duration doubled = last.multipliedBy(2);
    return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }
}
