package dev.davit.selftest;

import dev.davit.engine.ContainerConfig;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Something that is promised of containers, and how it is found out whether it is so.
///
/// @param name short, for people
/// @param meaning what it means if it fails, a sentence
record Check(String name, String meaning, Trial trial) {
  /// A check whose probe runs as the first process of a container.
  ///
  /// @param setting what is particular about that container
  /// @param judge makes of what was seen whether all is well; pure
  static Check inside(
      String name,
      String meaning,
      UnaryOperator<ContainerConfig> setting,
      Probe probe,
      Function<Seen, Verdict> judge) {
    return new Check(
        name,
        meaning,
        laboratory ->
            laboratory.run(setting.apply(laboratory.config()), probe).judged(probe, judge));
  }

  /// The same in a container as it is when nothing is said.
  static Check inside(String name, String meaning, Probe probe, Function<Seen, Verdict> judge) {
    return inside(name, meaning, config -> config, probe, judge);
  }
}
