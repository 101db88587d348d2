package dev.davit.selftest;

/// How something is found out.
interface Trial {
  /// Whatever it makes goes with the laboratory at the latest.
  ///
  /// @throws dev.davit.error.DavitException where it cannot be tried: the reason for a failure
  Verdict run(Laboratory laboratory);
}
