package dev.davit.registry;

import dev.davit.error.Kind;
import dev.davit.registry.site.Tls;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// One HTTP client for each way of trusting. They live as long as a command: an idle client wakes
/// up every few seconds.
final class Clients implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(20);

  private final Map<Tls, HttpClient> clients = new HashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  synchronized HttpClient with(Tls tls) {
    HttpClient known = clients.get(tls);
    if (known == null) {
      known = make(tls);
      clients.put(tls, known);
    }
    return known;
  }

  private HttpClient make(Tls tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // HTTP/2 would send all layers through one connection and its one window
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .executor(threads);
    if (!tls.equals(Tls.USUAL)) {
      builder.sslContext(context(tls));
    }
    return builder.build();
  }

  private static javax.net.ssl.SSLContext context(Tls tls) {
    try {
      return TlsContext.of(tls);
    } catch (IOException | GeneralSecurityException e) {
      throw new RegistryException(
          Kind.INVALID,
          0,
          "certificates of a registry cannot be used: " + e.getMessage(),
          "look at its entry in registries.yaml and its directory below /etc/docker/certs.d",
          e);
    }
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(HttpClient::shutdownNow);
    threads.shutdownNow();
  }
}
