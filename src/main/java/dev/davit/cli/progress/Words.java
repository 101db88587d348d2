package dev.davit.cli.progress;

import dev.davit.reconcile.Operation;

/// What an operation is called while it runs and when it is done, in docker compose's words.
record Words(String doing, String done) {
  static Words of(Operation operation) {
    return switch (operation) {
      case Operation.PullImage _ -> new Words("Pulling", "Pulled");
      case Operation.PushImage _ -> new Words("Pushing", "Pushed");
      case Operation.CreateNetwork _, Operation.CreateVolume _ -> new Words("Creating", "Created");
      case Operation.CreateContainer create ->
          create.config().name().equals(create.subject().name())
              ? new Words("Creating", "Created")
              : new Words("Recreate", "Recreating");
      case Operation.RenameContainer _ -> new Words("Recreating", "Recreated");
      case Operation.SupplyContainer _ -> new Words("Supplying", "Supplied");
      case Operation.StartContainer _ -> new Words("Starting", "Started");
      case Operation.RunPreStart _ -> new Words("Running pre_start", "Prepared");
      case Operation.RunHook hook ->
          switch (hook.moment()) {
            case POST_START -> new Words("Running post_start", "Started");
            case PRE_STOP -> new Words("Running pre_stop", "Ready to stop");
            case ON_CHANGE -> new Words("Running exec", "Ran exec");
          };
      case Operation.StopContainer _ -> new Words("Stopping", "Stopped");
      case Operation.RestartContainer _ -> new Words("Restarting", "Restarted");
      case Operation.KillContainer _ -> new Words("Killing", "Killed");
      case Operation.PauseContainer _ -> new Words("Pausing", "Paused");
      case Operation.UnpauseContainer _ -> new Words("Unpausing", "Unpaused");
      case Operation.RemoveContainer _, Operation.RemoveNetwork _, Operation.RemoveVolume _ ->
          new Words("Removing", "Removed");
      case Operation.WaitFor wait ->
          new Words(
              "Waiting",
              switch (wait.condition()) {
                case HEALTHY, READY, RECOVERED -> "Healthy";
                case COMPLETED -> "Exited";
                case STARTED -> "Started";
              });
    };
  }
}
