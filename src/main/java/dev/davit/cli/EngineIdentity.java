package dev.davit.cli;

import java.nio.file.Path;
import java.time.Instant;

/// Which engine this is.
///
/// @param version Davit's version
/// @param build what tells two builds of one version apart; the client's must be equal
/// @param root where it keeps its data
/// @param run where its socket and mounts are
public record EngineIdentity(
    String version, String build, long pid, Instant started, Path root, Path run) {}
