package dev.davit.compose;

import java.util.Optional;
import java.util.OptionalInt;

/// A secret or config that a service or a build is given.
///
/// @param source key of [Project#secrets] or [Project#configs]
/// @param target absolute path of the file in the container; for a build the secret's id
/// @param uid owner, absent means 0
/// @param gid group, absent means 0
/// @param mode permission bits, absent means 0444
public record Grant(
    String source, String target, Optional<String> uid, Optional<String> gid, OptionalInt mode) {}
