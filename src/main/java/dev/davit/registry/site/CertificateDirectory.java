package dev.davit.registry.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What Docker's directory of a registry holds: `*.crt` are authorities, `*.cert` with `*.key` are
/// our own.
record CertificateDirectory(List<Path> authorities, Optional<Tls.Identity> identity) {

  /// The first of the directories that has one for the domain.
  static CertificateDirectory of(List<Path> directories, String domain) {
    return directories.stream()
        .map(directory -> directory.resolve(domain))
        .filter(Files::isDirectory)
        .findFirst()
        .map(CertificateDirectory::read)
        .orElseGet(() -> new CertificateDirectory(List.of(), Optional.empty()));
  }

  private static CertificateDirectory read(Path directory) {
    try (Stream<Path> list = Files.list(directory)) {
      List<Path> files = list.sorted().toList();
      return new CertificateDirectory(
          files.stream().filter(file -> file.toString().endsWith(".crt")).toList(),
          files.stream()
              .filter(file -> file.toString().endsWith(".cert"))
              .map(CertificateDirectory::identity)
              .findFirst());
    } catch (IOException e) {
      return new CertificateDirectory(List.of(), Optional.empty());
    }
  }

  private static Tls.Identity identity(Path certificate) {
    String name = certificate.getFileName().toString().replaceFirst("\\.cert$", ".key");
    return new Tls.Identity(certificate, certificate.resolveSibling(name));
  }
}
