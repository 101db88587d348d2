package dev.davit.scan.osv;

import dev.davit.scan.SoftwarePackage;

/// A package that an advisory is about.
///
/// @param fixed the version that is not affected any more, empty where there is none yet
public record Finding(
    Advisory advisory, SoftwarePackage software, String fixed, Severity severity) {}
