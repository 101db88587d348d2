package dev.davit.selftest;

import java.util.List;

/// What a [Check] has come to.
///
/// @param reason what is wrong, or why it could not be tried; empty where all is well
public record Verdict(Outcome outcome, String reason) {
  /// As it is printed.
  public enum Outcome {
    OK("ok"),
    FAILED("FAILED"),
    SKIPPED("skipped");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  static final Verdict OK = new Verdict(Outcome.OK, "");

  boolean isWell() {
    return outcome == Outcome.OK;
  }

  static Verdict failed(String reason) {
    return new Verdict(Outcome.FAILED, reason);
  }

  static Verdict skipped(String reason) {
    return new Verdict(Outcome.SKIPPED, reason);
  }

  /// Well if nothing is wrong.
  static Verdict of(List<String> wrong) {
    return wrong.isEmpty() ? OK : failed(String.join("; ", wrong));
  }

  /// Well if it is so, else that is what is wrong.
  static Verdict of(boolean well, String wrong) {
    return well ? OK : failed(wrong);
  }
}
