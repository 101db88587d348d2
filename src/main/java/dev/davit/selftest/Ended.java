package dev.davit.selftest;

import dev.davit.error.DavitException;
import java.util.function.Function;

/// How a container of the laboratory has ended.
///
/// @param refusal why it could not be started; empty if it was
/// @param exitCode as docker counts it
/// @param output all that it has written, a character for each byte
record Ended(String refusal, int exitCode, String output) {
  static Ended refused(DavitException why) {
    return new Ended(String.valueOf(why.getMessage()), 0, "");
  }

  boolean refused() {
    return !refusal.isEmpty();
  }

  /// The verdict on a probe that was to come to its end.
  Verdict judged(Probe probe, Function<Seen, Verdict> judge) {
    if (refused()) {
      return Verdict.failed("the container does not start: " + refusal);
    }
    Seen seen = probe.read(output);
    return seen.isThere()
        ? judge.apply(seen)
        : Verdict.failed("the program in the container ended early, with code " + exitCode);
  }
}
