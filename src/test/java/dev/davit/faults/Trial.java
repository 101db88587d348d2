package dev.davit.faults;

import java.util.List;

/// A command that is interrupted by the engine's death, and what has to hold afterwards. Every
/// method that returns a list returns what is wrong, and nothing if all is well.
interface Trial {
  String name();

  /// Makes what all its commands need, once.
  default void setUp(Bench bench) throws Exception {}

  /// Makes what the command begins with.
  void prepare(Bench bench) throws Exception;

  /// Gives the engine an order for [FaultPoints], then runs the command; the engine may die under
  /// it.
  void act(Bench bench, String order) throws Exception;

  /// Looks at what the next engine has found.
  List<String> afterDeath(Bench bench) throws Exception;

  /// Runs the command again and looks whether all is as it should be.
  List<String> again(Bench bench) throws Exception;

  /// Removes everything and looks whether anything is left.
  List<String> cleanUp(Bench bench) throws Exception;
}
