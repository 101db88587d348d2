package dev.davit.registry;

import dev.davit.error.Kind;
import dev.davit.registry.Watchdog.Watch;
import dev.davit.registry.site.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/// Sends calls of one registry: follows redirects within its boundary, tries again what may be
/// better the next time. Authorization stays with the origin that it was meant for.
final class Wire {
  private static final int REDIRECTS = 8;
  private static final String AGENT = "davit";

  private final Means means;
  private final Boundary boundary;
  private final Tls tls;
  private volatile boolean hasAnswered;

  /// What all registries have in common.
  record Means(Clients clients, Watchdog watchdog, Backoff backoff, Pause pause, Clock clock) {
    Means forMirror() {
      return new Means(clients, watchdog, backoff.forMirror(), pause, clock);
    }
  }

  /// Waits.
  interface Pause {
    void take(Duration length) throws InterruptedException;
  }

  Wire(Means means, Boundary boundary, Tls tls) {
    this.means = means;
    this.boundary = boundary;
    this.tls = tls;
  }

  Boundary boundary() {
    return boundary;
  }

  Backoff backoff() {
    return means.backoff();
  }

  /// The answer, whatever its status is; what is temporary was tried again where that does no harm.
  Answer send(Call call, Optional<String> authorization) {
    for (int tries = 1; ; tries++) {
      try {
        Answer answer = once(call, authorization);
        Optional<Duration> wait = waitAfter(answer, tries);
        boolean again = call.isIdempotent() || answer.status() == 429;
        if (!again || wait.isEmpty()) {
          return answer;
        }
        answer.close();
        pause(wait.get());
      } catch (IOException e) {
        Optional<Duration> wait = means.backoff().after(tries);
        if (!call.isIdempotent() || !mayPass(e) || wait.isEmpty()) {
          throw Unreachable.of(boundary.origin(), call.uri(), e);
        }
        pause(wait.get());
      }
    }
  }

  private Optional<Duration> waitAfter(Answer answer, int tries) {
    if (!Backoff.isTemporary(answer.status())) {
      return Optional.empty();
    }
    Optional<Duration> wanted =
        answer.header("Retry-After").flatMap(it -> Backoff.retryAfter(it, means.clock().instant()));
    return means.backoff().after(tries, wanted);
  }

  // A certificate that is not believed, a name that nobody knows, or a port where nobody listens
  // and
  // nobody has, will be the same the next time.
  private boolean mayPass(IOException e) {
    return !(e instanceof SSLException)
        && !Unreachable.isNameUnknown(e)
        && (hasAnswered || !(e instanceof ConnectException));
  }

  void pause(Duration length) {
    try {
      means.pause().take(length);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  static RegistryException interrupted() {
    Thread.currentThread().interrupt();
    return RegistryException.of(Kind.UNAVAILABLE, "interrupted", null);
  }

  /// Without a second try.
  Answer once(Call first, Optional<String> authorization) throws IOException {
    Origin meant = Origin.of(first.uri());
    Call call = first;
    for (int redirects = 0; ; redirects++) {
      boolean isHome = Origin.of(call.uri()).equals(meant);
      Answer answer = exchange(call, isHome ? authorization : Optional.empty());
      Optional<String> location = redirect(answer);
      if (location.isEmpty()) {
        return answer;
      }
      answer.close();
      if (redirects == REDIRECTS) {
        throw RegistryException.of(
            Kind.UNAVAILABLE,
            "registry \"%s\" redirects without end".formatted(boundary.origin().host()),
            null);
      }
      URI next = resolve(call.uri(), location.get());
      boundary.check(call.uri(), next);
      call = call.to(next);
    }
  }

  private static Optional<String> redirect(Answer answer) {
    return Set.of(301, 302, 303, 307, 308).contains(answer.status())
        ? answer.header("Location")
        : Optional.empty();
  }

  URI resolve(URI base, String location) {
    try {
      return base.resolve(location);
    } catch (IllegalArgumentException e) {
      throw RegistryException.of(
          Kind.UNAVAILABLE,
          "registry \"%s\" names a place that is no URL".formatted(boundary.origin().host()),
          null);
    }
  }

  private Answer exchange(Call call, Optional<String> authorization) throws IOException {
    boolean isRegistry = Origin.of(call.uri()).host().equals(boundary.origin().host());
    HttpClient client = means.clients().with(isRegistry ? tls : Tls.USUAL);
    var request = HttpRequest.newBuilder(call.uri()).setHeader("User-Agent", AGENT);
    call.headers().forEach(request::setHeader);
    authorization.ifPresent(value -> request.setHeader("Authorization", value));
    var sent = new CompletableFuture<CompletableFuture<HttpResponse<InputStream>>>();
    try (Watch watch = means.watchdog().watch(() -> cancel(sent))) {
      request.method(call.method(), body(call, watch));
      var future = client.sendAsync(request.build(), BodyHandlers.ofInputStream());
      sent.complete(future);
      HttpResponse<InputStream> response = await(future);
      hasAnswered = true;
      return new Answer(
          response.statusCode(),
          response.uri(),
          response.headers(),
          means.watchdog().guard(response.body()));
    }
  }

  private static void cancel(CompletableFuture<CompletableFuture<HttpResponse<InputStream>>> sent) {
    var _ = sent.thenAccept(it -> it.cancel(true));
  }

  private static BodyPublisher body(Call call, Watch watch) {
    if (call.body().isEmpty()) {
      return BodyPublishers.noBody();
    }
    Call.Body body = call.body().get();
    if (body.length() == 0) {
      return BodyPublishers.noBody();
    }
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(
            () -> {
              try {
                return Watchdog.touching(watch, body.content().open());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }),
        body.length());
  }

  private HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> future)
      throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      throw interrupted();
    } catch (CancellationException e) {
      throw new IOException(
          "no answer within " + means.watchdog().patience().toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause
          ? cause
          : new IOException(String.valueOf(e.getCause()), e);
    }
  }
}
