package dev.davit.registry.site;

import java.net.URI;
import java.util.List;
import java.util.Set;

/// How one registry is spoken to.
///
/// @param domain as references name it: `docker.io`, `localhost:5000`
/// @param bases where it answers, `https://registry-1.docker.io`; the first that does is taken
/// @param mirrors asked first, in this order; their paths are put before those of repositories
/// @param trusted hosts that it may send us to, wherever they are, and whose tokens it may want
public record Site(
    String domain, List<URI> bases, List<URI> mirrors, Tls tls, Set<String> trusted) {
  public Site {
    bases = List.copyOf(bases);
    mirrors = List.copyOf(mirrors);
    trusted = Set.copyOf(trusted);
  }
}
