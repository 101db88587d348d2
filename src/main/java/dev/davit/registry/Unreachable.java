package dev.davit.registry;

import dev.davit.error.Kind;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why a host gave no answer, in words for people.
final class Unreachable {
  private Unreachable() {}

  static RegistryException of(Origin registry, URI uri, Throwable thrown) {
    String host = Origin.of(uri).host();
    String who =
        host.equals(registry.host())
            ? "registry \"%s\"".formatted(address(registry))
            : "host \"%s\", to which registry \"%s\" sends us,".formatted(host, address(registry));
    return new RegistryException(
        Kind.UNAVAILABLE,
        0,
        who + " cannot be reached: " + reason(thrown, host),
        action(thrown, registry),
        thrown);
  }

  private static String address(Origin origin) {
    boolean isUsual = origin.port() == (origin.isSecure() ? 443 : 80);
    return isUsual ? origin.host() : origin.host() + ":" + origin.port();
  }

  static boolean isNameUnknown(Throwable thrown) {
    return cause(thrown, UnresolvedAddressException.class).isPresent()
        || cause(thrown, UnknownHostException.class).isPresent();
  }

  private static String reason(Throwable thrown, String host) {
    if (isNameUnknown(thrown)) {
      return "no address is known for \"" + host + "\"";
    }
    if (thrown instanceof HttpConnectTimeoutException) {
      return "it does not answer";
    }
    if (isSignedByAStranger(thrown)) {
      return "its certificate is signed by nobody that this machine trusts";
    }
    Optional<CertificateException> certificate = cause(thrown, CertificateException.class);
    if (certificate.isPresent()) {
      return "its certificate is not right: " + certificate.get().getMessage();
    }
    if (speaksHttp(thrown)) {
      return "it does not speak TLS";
    }
    if (thrown instanceof ConnectException) {
      return "connection refused";
    }
    if (cause(thrown, EOFException.class).isPresent()) {
      return "it closed the connection";
    }
    return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
  }

  private static @Nullable String action(Throwable thrown, Origin registry) {
    if (cause(thrown, CertificateException.class).isPresent() || isSignedByAStranger(thrown)) {
      return "name its authority under \"ca\" in registries.yaml, or put it into"
          + " /etc/docker/certs.d/%s/ca.crt".formatted(address(registry));
    }
    if (speaksHttp(thrown)) {
      return "if it is meant to be without TLS, write \"plain-http: true\" in registries.yaml";
    }
    return isNameUnknown(thrown) ? "check the spelling, and this machine's name servers" : null;
  }

  private static boolean isSignedByAStranger(Throwable thrown) {
    return cause(thrown, CertPathBuilderException.class).isPresent()
        || cause(thrown, CertPathValidatorException.class)
            .filter(it -> String.valueOf(it.getMessage()).contains("trust anchor"))
            .isPresent();
  }

  static boolean speaksHttp(Throwable thrown) {
    return cause(thrown, SSLException.class)
        .map(it -> String.valueOf(it.getMessage()))
        .filter(it -> it.contains("nrecognized SSL message"))
        .isPresent();
  }

  private static <T> Optional<T> cause(Throwable thrown, Class<T> type) {
    return Stream.<Throwable>iterate(thrown, it -> it != null, Throwable::getCause)
        .limit(20)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
