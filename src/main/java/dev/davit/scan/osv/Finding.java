package dev.davit.scan.osv;

import dev.davit.scan.SoftwarePackage;

/// A package that an advisory is about.
///
/// @param isPossible whether only the artifact's name is the same, of a Java archive that does not
///   say its group
/// @param fixed the version that is not affected any more, empty where there is none yet
public record Finding(
    Advisory advisory,
    SoftwarePackage software,
    boolean isPossible,
    String fixed,
    Severity severity) {
  /// `exact` or `possible`.
  public String match() {
    return isPossible ? "possible" : "exact";
  }
}
