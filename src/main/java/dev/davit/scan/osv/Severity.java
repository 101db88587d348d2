package dev.davit.scan.osv;

import java.util.Locale;

/// How bad it is, the least first.
public enum Severity {
  UNKNOWN,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /// By the words of the distributions and of GitHub.
  static Severity ofWord(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "low", "negligible", "unimportant", "minor" -> LOW;
      case "medium", "moderate" -> MEDIUM;
      case "high", "important" -> HIGH;
      case "critical" -> CRITICAL;
      default -> UNKNOWN;
    };
  }

  /// By CVSS, "Qualitative Severity Rating Scale"; 0 is unknown here.
  static Severity ofScore(double score) {
    if (score >= 9) {
      return CRITICAL;
    } else if (score >= 7) {
      return HIGH;
    } else if (score >= 4) {
      return MEDIUM;
    }
    return score > 0 ? LOW : UNKNOWN;
  }

  /// `high`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
