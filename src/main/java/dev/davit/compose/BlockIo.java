package dev.davit.compose;

import java.util.Map;
import java.util.OptionalInt;

/// A container's share of block devices; the maps are by the device's path.
///
/// @param weight from 10 to 1000
/// @param weights from 10 to 1000
/// @param readBytes a second
/// @param writeBytes a second
/// @param readOperations a second
/// @param writeOperations a second
public record BlockIo(
    OptionalInt weight,
    Map<String, Integer> weights,
    Map<String, Long> readBytes,
    Map<String, Long> writeBytes,
    Map<String, Long> readOperations,
    Map<String, Long> writeOperations) {}
