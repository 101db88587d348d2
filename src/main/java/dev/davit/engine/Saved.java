package dev.davit.engine;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// What of a container changes: `state.json`.
///
/// @param stoppedByHand since it was last started
/// @param bootId of the boot in which it was last started
/// @param startTime of its PID 1 in clock ticks since that boot: with the pid and the boot id it
///   names a process for ever
record Saved(
    ContainerState state, int restartCount, boolean stoppedByHand, String bootId, long startTime) {
  static final Saved NEW = new Saved(ContainerState.CREATED, 0, false, "", 0);

  /// What stands for a state that cannot be read. Whether it ran, and how it ended, nobody knows:
  /// its policy decides as after a failure.
  static Saved lost(String why) {
    var state =
        new ContainerState(
            ContainerState.Status.EXITED,
            0,
            255,
            false,
            "exit code unknown: " + why,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Saved(state, 0, false, "", 0);
  }

  Saved with(UnaryOperator<ContainerState> change) {
    return new Saved(change.apply(state), restartCount, stoppedByHand, bootId, startTime);
  }

  Saved withStoppedByHand(boolean stoppedByHand) {
    return new Saved(state, restartCount, stoppedByHand, bootId, startTime);
  }

  Saved withRestartCount(int restartCount) {
    return new Saved(state, restartCount, stoppedByHand, bootId, startTime);
  }

  Saved ofProcess(String bootId, long startTime) {
    return new Saved(state, restartCount, stoppedByHand, bootId, startTime);
  }
}
