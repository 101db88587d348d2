package dev.davit.registry.site;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How each registry is spoken to: as its entry in the configuration says, else as Docker does.
///
/// @param entries by domain
/// @param certificates directories of the layout of `/etc/docker/certs.d`
public record Sites(Map<String, Entry> entries, List<Path> certificates) {
  private static final String HUB = "docker.io";
  private static final String HUB_HOST = "registry-1.docker.io";

  /// What the configuration says of one registry.
  ///
  /// @param plainHttp without TLS
  /// @param insecure TLS with any certificate, else none
  public record Entry(
      List<URI> mirrors,
      boolean plainHttp,
      boolean insecure,
      List<Path> authorities,
      Optional<Tls.Identity> identity,
      Set<String> trusted) {
    static final Entry NONE =
        new Entry(List.of(), false, false, List.of(), Optional.empty(), Set.of());

    public Entry {
      mirrors = List.copyOf(mirrors);
      authorities = List.copyOf(authorities);
      trusted = Set.copyOf(trusted);
    }
  }

  public Sites {
    entries = Map.copyOf(entries);
    certificates = List.copyOf(certificates);
  }

  /// As Docker does without configuration.
  public static Sites usual() {
    return new Sites(Map.of(), List.of(Path.of("/etc/docker/certs.d")));
  }

  /// @param domain as references name it
  public Site of(String domain) {
    Entry entry = entries.getOrDefault(domain, Entry.NONE);
    CertificateDirectory own = CertificateDirectory.of(certificates, domain);
    List<Path> authorities =
        entry.authorities().isEmpty() ? own.authorities() : entry.authorities();
    boolean careless = entry.insecure() || (isLoopback(domain) && authorities.isEmpty());
    var tls = new Tls(!careless, authorities, entry.identity().or(own::identity));
    return new Site(domain, bases(domain, entry), entry.mirrors(), tls, entry.trusted());
  }

  /// How a mirror is spoken to: where its URL says, with the certificates of its host's entry.
  public Site mirror(URI mirror) {
    String domain = mirror.getRawAuthority();
    Site site = of(domain);
    String base = mirror.toString().replaceFirst("/+$", "");
    return new Site(domain, List.of(URI.create(base)), List.of(), site.tls(), site.trusted());
  }

  private static List<URI> bases(String domain, Entry entry) {
    String host = domain.equals(HUB) ? HUB_HOST : domain;
    URI secure = URI.create("https://" + host);
    URI plain = URI.create("http://" + host);
    if (entry.plainHttp()) {
      return List.of(plain);
    }
    // As Docker: an insecure registry may have no TLS at all, and one on this machine needs none.
    return entry.insecure() || isLoopback(domain) ? List.of(secure, plain) : List.of(secure);
  }

  private static boolean isLoopback(String domain) {
    String host = domain.replaceFirst(":\\d+$", "");
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
