package dev.davit.registry.site;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What certificates are believed, and what we show.
///
/// @param verify false: any certificate will do
/// @param authorities files with certificates in PEM, believed besides the system's
/// @param identity what we show of ourselves
public record Tls(boolean verify, List<Path> authorities, Optional<Identity> identity) {
  public static final Tls USUAL = new Tls(true, List.of(), Optional.empty());

  /// A certificate in PEM and its key in PKCS #8.
  public record Identity(Path certificate, Path key) {}

  public Tls {
    authorities = List.copyOf(authorities);
  }
}
