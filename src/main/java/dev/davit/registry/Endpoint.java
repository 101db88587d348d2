package dev.davit.registry;

import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.MediaType;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One repository at one host: the calls of the OCI distribution specification that read.
final class Endpoint {
  static final int LARGEST_MANIFEST = 4 << 20;
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ACCEPT =
      String.join(
          ", ",
          MediaType.OCI_INDEX,
          MediaType.OCI_MANIFEST,
          MediaType.DOCKER_LIST,
          MediaType.DOCKER_MANIFEST);
  private static final int PAGES = 20;
  private static final int BUFFER = 128 << 10;
  // What never ends but always gives a little more is not waited for.
  private static final int MOST_TRIES = 200;
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(?:\\d+|\\*)");

  private final Host host;
  private final String path;
  private final Notes notes;

  /// @param path of the repository at this host
  /// @param notes hears what is to be known besides
  Endpoint(Host host, String path, Notes notes) {
    this.host = host;
    this.path = path;
    this.notes = notes;
  }

  Host host() {
    return host;
  }

  private List<String> scopes() {
    return List.of("repository:" + path + ":pull");
  }

  URI uri(String rest) {
    return host.uri("/v2/" + path + rest);
  }

  private Answer read(String method, String rest, String accept) {
    return host.access().send(Call.of(method, uri(rest)).with("Accept", accept), scopes());
  }

  /// @param reference a tag or a digest
  /// @param what the image, for messages
  Fetched manifest(String reference, String what) {
    String rest = "/manifests/" + reference;
    try (Answer answer = read("GET", rest, ACCEPT)) {
      if (!answer.isGood()) {
        throw host.access().refusal().of(answer, what);
      }
      Refusal.limits(answer).ifPresent(limit -> notes.limit(host.domain(), limit));
      byte[] bytes = answer.bytes(LARGEST_MANIFEST);
      Optional<Digest> promised =
          reference.indexOf(':') >= 0 ? Optional.of(Digest.parse(reference)) : digest(answer);
      if (promised.isPresent() && !promised.get().names(bytes)) {
        throw RegistryException.of(
            Kind.INVALID,
            "registry \"%s\" gives for %s other bytes than those of its digest %s"
                .formatted(host.domain(), what, promised.get()),
            null);
      }
      return new Fetched(type(answer), promised.orElseGet(() -> Digest.of(bytes)), bytes);
    } catch (IOException e) {
      throw broken(rest, e);
    }
  }

  /// The digest that the registry has for a tag, where it says it; empty where the tag is not
  /// there.
  Optional<Digest> head(String reference, String what) {
    try (Answer answer = read("HEAD", "/manifests/" + reference, ACCEPT)) {
      if (answer.status() == 404) {
        return Optional.empty();
      }
      if (!answer.isGood()) {
        throw host.access().refusal().of(answer, what);
      }
      return digest(answer);
    }
  }

  private static Optional<Digest> digest(Answer answer) {
    return answer.header("Docker-Content-Digest").map(Digest::parse);
  }

  private static String type(Answer answer) {
    return answer.header("Content-Type").orElse("").replaceFirst("\\s*;.*", "").strip();
  }

  private RegistryException broken(String rest, IOException e) {
    return Unreachable.of(Origin.of(host.base()), uri(rest), e);
  }

  List<String> tags() {
    var tags = new ArrayList<String>();
    Optional<URI> next = Optional.of(uri("/tags/list?n=1000"));
    for (int page = 0; page < PAGES && next.isPresent(); page++) {
      URI here = next.get();
      try (Answer answer = host.access().send(Call.of("GET", here), scopes())) {
        if (!answer.isGood()) {
          throw host.access().refusal().of(answer, "the tags of \"" + path + "\"");
        }
        JsonNode list = JSON.readTree(answer.bytes(LARGEST_MANIFEST)).path("tags");
        list.forEach(tag -> tags.add(tag.asString("")));
        next = answer.header("Link").flatMap(link -> next(here, link));
      } catch (IOException e) {
        throw broken("/tags/list", e);
      } catch (JacksonException e) {
        throw RegistryException.of(
            Kind.UNAVAILABLE,
            "registry \"%s\" lists tags in what is no JSON".formatted(host.domain()),
            null);
      }
    }
    return tags;
  }

  // A page elsewhere would be fetched with the credentials of this host.
  private static Optional<URI> next(URI here, String link) {
    Matcher next = NEXT.matcher(link);
    try {
      return next.find()
          ? Optional.of(here.resolve(next.group(1)))
              .filter(it -> Origin.of(it).equals(Origin.of(here)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Brings the bytes that are missing; goes on where a connection broke.
  void download(Descriptor blob, Sink sink) {
    int failed = 0;
    for (int tries = 1; ; tries++) {
      long from = sink.position();
      try {
        fetch(blob, sink);
        sink.finish();
        return;
      } catch (IOException e) {
        failed = sink.position() > from ? 1 : failed + 1;
        Optional<Duration> wait = host.wire().backoff().after(failed);
        if (wait.isEmpty() || tries == MOST_TRIES || Thread.currentThread().isInterrupted()) {
          throw broken("/blobs/" + blob.digest(), e);
        }
        host.wire().pause(wait.get());
      }
    }
  }

  private void fetch(Descriptor blob, Sink sink) throws IOException {
    if (sink.position() > blob.size()) {
      sink.restart();
    }
    long from = sink.position();
    if (from == blob.size() && from > 0) {
      return;
    }
    Call call = Call.of("GET", uri("/blobs/" + blob.digest())).with("Accept-Encoding", "identity");
    Call ranged = from > 0 ? call.with("Range", "bytes=" + from + "-") : call;
    try (Answer answer = host.access().send(ranged, scopes())) {
      if (answer.status() == 416) {
        sink.restart();
        throw new IOException("the rest of a blob was refused");
      }
      if (!answer.isGood()) {
        throw host.access().refusal().of(answer, "blob " + blob.digest());
      }
      if (!goesOn(answer, from)) {
        sink.restart();
      }
      checkLength(answer, blob, sink.position());
      copy(answer, blob, sink);
    }
  }

  private static boolean goesOn(Answer answer, long from) {
    if (answer.status() != 206) {
      return from == 0;
    }
    Matcher range = RANGE.matcher(answer.header("Content-Range").orElse(""));
    return range.matches() && Long.parseLong(range.group(1)) == from;
  }

  private void checkLength(Answer answer, Descriptor blob, long from) throws IOException {
    if (answer.status() == 206 && from == 0) {
      throw new IOException("another part of a blob than was asked for");
    }
    long announced = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (announced >= 0 && announced != blob.size() - from) {
      throw wrongSize(blob);
    }
  }

  // The client brings 16 kB at a time; each piece may wake threads.
  private void copy(Answer answer, Descriptor blob, Sink sink) throws IOException {
    var buffer = new byte[BUFFER];
    int filled = 0;
    try {
      int read = 0;
      while (read >= 0) {
        filled += read;
        if (filled == buffer.length) {
          write(buffer, filled, blob, sink);
          filled = 0;
        }
        read = answer.body().read(buffer, filled, buffer.length - filled);
      }
    } catch (IOException e) {
      write(buffer, filled, blob, sink);
      throw e;
    }
    write(buffer, filled, blob, sink);
    if (sink.position() < blob.size()) {
      throw new IOException("the connection ended before the blob did");
    }
  }

  private void write(byte[] buffer, int length, Descriptor blob, Sink sink) {
    if (sink.position() + length > blob.size()) {
      throw wrongSize(blob);
    }
    if (length > 0) {
      sink.write(buffer, 0, length);
    }
  }

  private RegistryException wrongSize(Descriptor blob) {
    return RegistryException.of(
        Kind.INVALID,
        "registry \"%s\" has another size for blob %s than the %d bytes of its manifest"
            .formatted(host.domain(), blob.digest(), blob.size()),
        null);
  }
}
