package dev.davit.registry;

import dev.davit.image.Reference;
import dev.davit.registry.site.Site;
import dev.davit.registry.site.Sites;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// The registries that one command speaks to, with its credentials. Connections and tokens are kept
/// until it is closed.
public final class Registries implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String HUB = "docker.io";
  private static final URI HUB_INDEX = URI.create("https://index.docker.io");

  private final Sites sites;
  private final Credentials credentials;
  private final Notes notes;
  private final Wire.Means means;
  private final Map<Site, Host> hosts = new HashMap<>();
  private final Map<Site, Host> mirrors = new HashMap<>();

  Registries(Sites sites, Credentials credentials, Notes notes, Wire.Means means) {
    this.sites = sites;
    this.credentials = credentials;
    this.notes = notes;
    this.means = means;
  }

  /// @param notes hears what is to be known besides: limits, mirrors that did not answer
  public static Registries open(Sites sites, Credentials credentials, Notes notes) {
    return new Registries(
        sites,
        credentials,
        notes,
        new Wire.Means(
            new Clients(),
            new Watchdog(PATIENCE),
            Backoff.USUAL,
            Thread::sleep,
            Clock.systemUTC()));
  }

  /// The repository of an image, to read from: its mirrors first.
  public Repository repository(Reference reference) {
    return repository(reference, "image");
  }

  /// As above.
  ///
  /// @param what the reference is of, as messages call it
  public Repository repository(Reference reference, String what) {
    Site site = sites.of(reference.domain());
    var sources = new ArrayList<Repository.Source>();
    for (URI mirror : site.mirrors()) {
      Site there = sites.mirror(mirror);
      sources.add(
          new Repository.Source(
              there.domain(), () -> new Endpoint(mirror(there), reference.path(), notes)));
    }
    sources.add(
        new Repository.Source(
            site.domain(), () -> new Endpoint(host(site), reference.path(), notes)));
    return new Repository(reference, what, sources, notes);
  }

  /// The repository of a reference, to write to: never a mirror.
  public Upload upload(Reference reference) {
    return new Upload(host(sites.of(reference.domain())), reference.path());
  }

  /// The search of a registry. That of Docker Hub is not where its images are.
  public Search search(String domain) {
    return new Search(host(domain.equals(HUB) ? sites.mirror(HUB_INDEX) : sites.of(domain)));
  }

  /// Proves a login to a registry; what it is remembered by may be a token in place of the
  /// password.
  public Credential login(String domain, Credential credential) {
    Site site = sites.of(domain);
    return new Login(connect(site, _ -> Optional.of(credential), means), credential).verify();
  }

  private synchronized Host host(Site site) {
    return hosts.computeIfAbsent(site, it -> connect(it, credentials, means));
  }

  private synchronized Host mirror(Site site) {
    return mirrors.computeIfAbsent(site, it -> connect(it, credentials, means.forMirror()));
  }

  private static Host connect(Site site, Credentials who, Wire.Means means) {
    for (URI base : site.bases().subList(0, site.bases().size() - 1)) {
      Host host = host(site, base, who, means);
      try (Answer _ = host.wire().once(Call.of("GET", host.uri("/v2/")), Optional.empty())) {
        return host;
      } catch (IOException e) {
        // Who speaks TLS with a certificate that is not believed gets no password without TLS.
        if (e instanceof SSLException && !Unreachable.speaksHttp(e)) {
          throw Unreachable.of(Origin.of(base), host.uri("/v2/"), e);
        }
      }
    }
    return host(site, site.bases().getLast(), who, means);
  }

  private static Host host(Site site, URI base, Credentials who, Wire.Means means) {
    var boundary = new Boundary(Origin.of(base), site.trusted(), Boundary.Names.SYSTEM);
    var wire = new Wire(means, boundary, site.tls());
    return new Host(
        site.domain(), base, wire, new Access(wire, base, site.domain(), who, means.clock()));
  }

  @Override
  public void close() {
    means.clients().close();
    means.watchdog().close();
  }
}
