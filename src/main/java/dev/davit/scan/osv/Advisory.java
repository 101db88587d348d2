package dev.davit.scan.osv;

import java.util.List;

/// One vulnerability, as the OSV format tells of it.
///
/// @param aliases other names of it, such as `CVE-2024-1234`
/// @param vector of CVSS, empty where none is given
/// @param severity by the advisory as a whole
public record Advisory(
    String id,
    List<String> aliases,
    String summary,
    String vector,
    Severity severity,
    List<Affected> affected) {
  public Advisory {
    aliases = List.copyOf(aliases);
    affected = List.copyOf(affected);
  }

  /// What it is about.
  ///
  /// @param ecosystem `Debian:12`, `Maven`
  /// @param versions single ones
  /// @param severity for this package; UNKNOWN where the advisory's own counts
  record Affected(
      String ecosystem, String name, List<String> versions, List<Range> ranges, Severity severity) {
    Affected {
      versions = List.copyOf(versions);
      ranges = List.copyOf(ranges);
    }
  }

  /// Events in the order of versions: from where on it is there, and from where on no more.
  record Range(List<Event> events) {
    Range {
      events = List.copyOf(events);
    }
  }

  /// @param kind `introduced`, `fixed`, `last_affected` or `limit`
  record Event(String kind, String version) {}
}
