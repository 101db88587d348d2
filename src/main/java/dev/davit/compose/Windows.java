package dev.davit.compose;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What containers of Windows have and no others.
///
/// @param isolation `default`, `process` or `hyperv`
/// @param credentialSpec by where it is kept: `config`, `file`, `registry`
public record Windows(
    Optional<String> isolation,
    OptionalLong cpuCount,
    OptionalDouble cpuPercent,
    Map<String, String> credentialSpec) {}
