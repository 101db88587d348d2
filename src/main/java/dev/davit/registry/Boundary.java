package dev.davit.registry;

import dev.davit.error.Kind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where a registry may send us, by a redirect or as the place where tokens are had. Pure but for
/// the names that it looks up.
///
/// @param origin the registry
/// @param trusted hosts that the configuration lets it send us to
record Boundary(Origin origin, Set<String> trusted, Names names) {

  /// The addresses of a host.
  interface Names {
    List<InetAddress> of(String host) throws UnknownHostException;

    Names SYSTEM = host -> List.of(InetAddress.getAllByName(host));
  }

  /// Refuses where `to` may not be gone to from `from`.
  void check(URI from, URI to) {
    Origin next = target(to);
    if (!Set.of("http", "https").contains(next.scheme())) {
      throw refused(to, "only http and https are followed");
    }
    if (to.getHost() == null || to.getUserInfo() != null) {
      throw refused(to, "the address has no host, or has a password in it");
    }
    if (Origin.of(from).isSecure() && !next.isSecure()) {
      throw refused(to, "from https to http the connection would no longer be secret");
    }
    if (!next.host().equals(origin.host()) && !trusted.contains(next.host())) {
      nearer(next.host())
          .ifPresent(
              reach -> {
                throw refused(
                    to,
                    "from a %s address to a %s one"
                        .formatted(word(reach(origin.host())), word(reach)));
              });
    }
  }

  /// Whether the registry's credentials may go to the place where its tokens are had: to itself, to
  /// hosts of the same domain, to those that the configuration trusts.
  boolean mayHaveCredentials(URI realm) {
    String host = target(realm).host();
    return host.equals(origin.host())
        || trusted.contains(host)
        || domain().filter(it -> host.equals(it) || host.endsWith("." + it)).isPresent();
  }

  // registry-1.docker.io: docker.io. Not of addresses, nor of what would leave a mere "com".
  private Optional<String> domain() {
    int dot = origin.host().indexOf('.');
    String parent = dot < 0 ? "" : origin.host().substring(dot + 1);
    boolean isAddress = origin.host().indexOf(':') >= 0 || origin.host().matches("[0-9.]+");
    return isAddress || parent.indexOf('.') < 0 ? Optional.empty() : Optional.of(parent);
  }

  private static Origin target(URI uri) {
    return Origin.of(uri);
  }

  private Optional<Reach> nearer(String host) {
    Reach there = reach(host);
    Reach here = reach(origin.host());
    boolean allowed =
        switch (there) {
          case LINK -> false;
          case LOOPBACK -> here == Reach.LOOPBACK;
          case PRIVATE -> here != Reach.PUBLIC;
          case PUBLIC -> true;
        };
    return allowed ? Optional.empty() : Optional.of(there);
  }

  /// The nearest of a host's addresses; a name that does not resolve leads nowhere.
  private Reach reach(String host) {
    try {
      return names.of(host).stream().map(Reach::of).min(Reach::compareTo).orElse(Reach.PUBLIC);
    } catch (UnknownHostException e) {
      return Reach.PUBLIC;
    }
  }

  private static String word(Reach reach) {
    return switch (reach) {
      case LINK -> "link-local";
      default -> reach.name().toLowerCase(Locale.ROOT);
    };
  }

  private RegistryException refused(URI to, String why) {
    return RegistryException.of(
        Kind.DENIED,
        "registry \"%s\" sends us to \"%s\", which is refused: %s"
            .formatted(origin.host(), withoutQuery(to), why),
        "if that is right, list its host under \"trust\" of this registry in registries.yaml");
  }

  // Queries of redirects are signatures that open a file for whoever has them.
  static String withoutQuery(URI uri) {
    String text = uri.toString();
    int query = text.indexOf('?');
    String plain = query < 0 ? text : text.substring(0, query);
    return plain.replaceFirst("//[^/@]*@", "//");
  }
}
