package dev.davit.scan.osv;

import java.util.HashMap;
import java.util.Map;

/// The base score of a CVSS vector, version 3.0 or 3.1 (first.org, "CVSS v3.1 Specification", 7.1).
final class CvssScore {
  private CvssScore() {}

  /// 0 to 10; 0 where the vector is of another version or broken.
  static double of(String vector) {
    if (!vector.startsWith("CVSS:3.")) {
      return 0;
    }
    Map<String, String> metrics = new HashMap<>();
    for (String part : vector.split("/", -1)) {
      String[] pair = part.split(":", 2);
      metrics.put(pair[0], pair.length > 1 ? pair[1] : "");
    }
    try {
      return score(metrics);
    } catch (IllegalArgumentException _) {
      return 0;
    }
  }

  private static double score(Map<String, String> metrics) {
    boolean changed = value(metrics, "S", "U", 0, "C", 1) == 1;
    double confidentiality = impact(metrics, "C");
    double integrity = impact(metrics, "I");
    double availability = impact(metrics, "A");
    double base = 1 - (1 - confidentiality) * (1 - integrity) * (1 - availability);
    double impact =
        changed ? 7.52 * (base - 0.029) - 3.25 * Math.pow(base - 0.02, 15) : 6.42 * base;
    double exploitability =
        8.22
            * value(metrics, "AV", "N", 0.85, "A", 0.62, "L", 0.55, "P", 0.2)
            * value(metrics, "AC", "L", 0.77, "H", 0.44)
            * value(metrics, "PR", "N", 0.85, "L", changed ? 0.68 : 0.62, "H", changed ? 0.5 : 0.27)
            * value(metrics, "UI", "N", 0.85, "R", 0.62);
    if (impact <= 0) {
      return 0;
    }
    return roundUp(Math.min((changed ? 1.08 : 1) * (impact + exploitability), 10));
  }

  private static double impact(Map<String, String> metrics, String name) {
    return value(metrics, name, "H", 0.56, "L", 0.22, "N", 0);
  }

  private static double value(Map<String, String> metrics, String name, Object... values) {
    String given = metrics.getOrDefault(name, "");
    for (int i = 0; i < values.length; i += 2) {
      if (values[i].equals(given)) {
        return ((Number) values[i + 1]).doubleValue();
      }
    }
    throw new IllegalArgumentException(name);
  }

  // To one digit, never down: appendix A of the specification.
  private static double roundUp(double score) {
    long whole = Math.round(score * 100_000);
    return whole % 10_000 == 0 ? whole / 100_000.0 : (whole / 10_000 + 1) / 10.0;
  }
}
