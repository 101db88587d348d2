package dev.davit.registry;

import java.net.URI;

/// A registry, or a mirror of one, that is spoken to.
///
/// @param domain what credentials for it are found by
/// @param base where it answers, without a slash at the end
record Host(String domain, URI base, Wire wire, Access access) {
  URI uri(String path) {
    return URI.create(base + path);
  }
}
