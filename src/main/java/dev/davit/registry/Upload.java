package dev.davit.registry;

import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One repository of a registry, to be written to: the calls of the OCI distribution specification
/// that push.
public final class Upload {
  private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");
  private static final int TRIES = 5;
  // What is smaller is sent with the request that ends the upload.
  private static final int SMALL = 1 << 20;

  private final Host host;
  private final String path;

  /// Bytes of a blob from an offset on.
  public interface Content {
    InputStream from(long offset) throws IOException;
  }

  Upload(Host host, String path) {
    this.host = host;
    this.path = path;
  }

  private List<String> scopes() {
    return List.of("repository:" + path + ":pull,push");
  }

  private Answer send(Call call) {
    return host.access().send(call, scopes());
  }

  private URI uri(String rest) {
    return host.uri("/v2/" + path + rest);
  }

  private RegistryException refused(Answer answer, String what) {
    return host.access().refusal().of(answer, what);
  }

  /// Whether the repository has a blob already.
  public boolean has(Digest blob) {
    return exists("/blobs/" + blob);
  }

  /// Whether the repository has a manifest already.
  public boolean hasManifest(Digest manifest) {
    return exists("/manifests/" + manifest);
  }

  private boolean exists(String rest) {
    Call call = Call.of("HEAD", uri(rest)).with("Accept", "*/*");
    try (Answer answer = send(call)) {
      if (answer.status() == 404) {
        return false;
      }
      if (!answer.isGood()) {
        throw refused(answer, "\"" + path + "\"");
      }
      return true;
    }
  }

  /// Lets the repository have a blob of another one of the same registry. False where the registry
  /// does not do it: then it has to be sent.
  ///
  /// @param from path of the other repository
  public boolean mount(Digest blob, String from) {
    URI uri = uri("/blobs/uploads/?mount=" + blob + "&from=" + from);
    List<String> both =
        List.of("repository:" + path + ":pull,push", "repository:" + from + ":pull");
    try (Answer answer = host.access().send(Call.of("POST", uri), both)) {
      if (answer.status() == 202) {
        answer.header("Location").ifPresent(place -> abandon(location(uri, place)));
      }
      return answer.status() == 201;
    }
  }

  // An upload that was begun in place of a mount; it would end by itself some day.
  private void abandon(URI upload) {
    send(Call.of("DELETE", upload)).close();
  }

  private URI location(URI base, String place) {
    URI there = host.wire().resolve(base, place);
    host.wire().boundary().check(base, there);
    return there;
  }

  /// Sends a blob; where the connection breaks, only what the registry has not.
  ///
  /// @param sent hears how many bytes are there
  public void blob(Descriptor blob, Content content, LongConsumer sent) {
    for (int tries = 1; ; tries++) {
      try {
        URI upload = begin(blob);
        if (blob.size() > SMALL) {
          upload = append(upload, blob, content, sent);
          finish(upload, blob, Optional.empty());
        } else {
          var body = new Call.Body(blob.size(), () -> content.from(0));
          finish(upload, blob, Optional.of(body));
        }
        sent.accept(blob.size());
        return;
      } catch (RegistryException e) {
        Optional<java.time.Duration> wait = host.wire().backoff().after(tries);
        boolean mayPass = e.kind() == Kind.UNAVAILABLE && e.status() != 429;
        if (!mayPass
            || tries == TRIES
            || wait.isEmpty()
            || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        host.wire().pause(wait.get());
      }
    }
  }

  private URI begin(Descriptor blob) {
    URI uri = uri("/blobs/uploads/");
    try (Answer answer = send(Call.of("POST", uri))) {
      if (answer.status() != 202) {
        throw refused(answer, "an upload to \"" + path + "\"");
      }
      return location(uri, placeOf(answer, blob));
    }
  }

  private String placeOf(Answer answer, Descriptor blob) {
    return answer
        .header("Location")
        .orElseThrow(
            () ->
                RegistryException.of(
                    Kind.INVALID,
                    "registry \"%s\" does not say where blob %s is to be sent"
                        .formatted(host.domain(), blob.digest()),
                    null));
  }

  private URI append(URI first, Descriptor blob, Content content, LongConsumer sent) {
    URI upload = first;
    long at = 0;
    for (int tries = 1; at < blob.size(); tries++) {
      long from = at;
      Call call =
          Call.of("PATCH", upload)
              .with("Content-Type", "application/octet-stream")
              .with(
                  new Call.Body(
                      blob.size() - from, () -> new Counted(content.from(from), from, sent)));
      Call ranged = from == 0 ? call : call.with("Content-Range", from + "-" + (blob.size() - 1));
      try (Answer answer = send(ranged)) {
        if (answer.status() != 202 && answer.status() != 204 && answer.status() != 201) {
          throw refused(answer, "blob " + blob.digest());
        }
        upload = location(upload, placeOf(answer, blob));
        at = blob.size();
      } catch (RegistryException e) {
        if (e.kind() != Kind.UNAVAILABLE
            || tries == TRIES
            || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        Progress there = progress(upload, blob, e);
        upload = there.upload();
        at = there.bytes();
      }
    }
    return upload;
  }

  private record Progress(URI upload, long bytes) {}

  /// How far an upload came that broke.
  private Progress progress(URI upload, Descriptor blob, RegistryException broken) {
    try (Answer answer = send(Call.of("GET", upload))) {
      Matcher range = RANGE.matcher(answer.header("Range").orElse(""));
      if (answer.status() != 204 || !range.matches()) {
        throw broken;
      }
      long bytes = Long.parseLong(range.group(1)) + 1;
      // "0-0" is said of an upload that is empty, too: one byte more or less cannot be told
      if (bytes <= 1 || bytes > blob.size()) {
        throw broken;
      }
      URI place = answer.header("Location").map(it -> location(upload, it)).orElse(upload);
      return new Progress(place, bytes);
    }
  }

  private void finish(URI upload, Descriptor blob, Optional<Call.Body> body) {
    String separator = upload.getRawQuery() == null ? "?" : "&";
    URI uri = URI.create(upload + separator + "digest=" + blob.digest());
    Call call = Call.of("PUT", uri).with("Content-Type", "application/octet-stream");
    try (Answer answer = send(body.map(call::with).orElse(call))) {
      if (answer.status() != 201 && answer.status() != 204) {
        throw refused(answer, "blob " + blob.digest());
      }
    }
  }

  /// Names a manifest or an index, whose parts must be there.
  ///
  /// @param name a tag, or its digest
  public void manifest(String name, Fetched manifest) {
    URI uri = uri("/manifests/" + name);
    Call call =
        Call.of("PUT", uri)
            .with("Content-Type", manifest.mediaType())
            .with(Call.Body.of(manifest.bytes()));
    try (Answer answer = send(call)) {
      if (!answer.isGood()) {
        throw refused(answer, "manifest \"" + path + ":" + name + "\"");
      }
      answer
          .header("Docker-Content-Digest")
          .filter(digest -> !digest.equals(manifest.digest().toString()))
          .ifPresent(
              digest -> {
                throw RegistryException.of(
                    Kind.INVALID,
                    "registry \"%s\" took manifest %s for %s"
                        .formatted(host.domain(), manifest.digest(), digest),
                    null);
              });
    }
  }

  /// Tells how far it was read.
  private static final class Counted extends java.io.FilterInputStream {
    private final LongConsumer sent;
    private long at;

    Counted(InputStream in, long from, LongConsumer sent) {
      super(in);
      this.at = from;
      this.sent = sent;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read > 0) {
        at += read;
        sent.accept(at);
      }
      return read;
    }
  }
}
