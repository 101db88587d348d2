package dev.davit.selftest;

import dev.davit.content.Store;
import dev.davit.engine.Archives;
import dev.davit.engine.Containers;
import dev.davit.engine.Execs;
import dev.davit.network.Networks;
import dev.davit.volume.Volumes;
import java.nio.file.Path;

/// What of the running engine the self test works with.
///
/// @param root the data directory
/// @param run the run directory
public record Equipment(
    Containers containers,
    Execs execs,
    Archives archives,
    Networks networks,
    Volumes volumes,
    Store store,
    Path root,
    Path run) {}
