package dev.davit.scan.report;

import java.time.Instant;
import java.util.UUID;

/// What a document is about.
///
/// @param name of the image, as it was asked for
/// @param id `sha256:…`
/// @param made when the document is made
/// @param tool who makes it, `davit` and its version
public record Subject(String name, String id, Instant made, String tool, String version) {
  /// The document's own: the same image gives the same.
  UUID uuid(String form) {
    return UUID.nameUUIDFromBytes(
        (form + " " + id).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  String seconds() {
    return made.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
  }
}
