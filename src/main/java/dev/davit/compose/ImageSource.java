package dev.davit.compose;

import java.util.Optional;

/// Where a service's root file system comes from.
///
/// @param image the reference as written; `PROJECT-SERVICE` for what is built without one
/// @param pullPolicy `always`, `never`, `missing`, `build`, `daily`, `weekly` or `every_<duration>`
/// @param platform `os[/arch[/variant]]`
public record ImageSource(String image, Optional<String> pullPolicy, Optional<String> platform) {}
