package dev.davit.cli.script;

import java.util.List;

/// What is to be run, in order.
public record Script(List<Step> steps) {
  public Script {
    steps = List.copyOf(steps);
  }

  /// @param joint when it runs
  public record Step(Joint joint, Command command) {}

  /// How a command follows the one before it.
  public enum Joint {
    /// `;` or a new line.
    ALWAYS,
    /// `&&`: if that has succeeded.
    AND,
    /// `||`: if that has failed.
    OR
  }
}
