package dev.davit.compose;

/// One published port; ranges that map one to one are already one [Port] each.
///
/// @param hostIp empty means every address
/// @param published a port, a range `8000-9000` to choose from, or empty for any free one
/// @param protocol `tcp`, `udp` or `sctp`
public record Port(String hostIp, String published, int target, String protocol) {}
