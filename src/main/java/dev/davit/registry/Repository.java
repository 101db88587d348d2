package dev.davit.registry;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Suggestion;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Reference;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a registry has under one name, to be read. Mirrors are asked first; where one has it not,
/// or gives something else, the next is.
public final class Repository {
  private static final int SHOWN_TAGS = 8;

  private final Reference reference;
  private final String named;
  private final List<Source> sources;
  private final Notes notes;
  // The one that answered last is asked first for the parts of what it named.
  private volatile int preferred;

  /// @param endpoint connects when it is asked
  record Source(String domain, Supplier<Endpoint> endpoint) {}

  /// @param what the reference is of
  Repository(Reference reference, String what, List<Source> sources, Notes notes) {
    this.reference = reference;
    this.named = what + " \"" + reference.familiar() + "\"";
    this.sources = List.copyOf(sources);
    this.notes = notes;
  }

  /// What the reference's own digest names, else its tag.
  public Fetched manifest() {
    return manifest(reference.digest().or(reference::tag).orElse("latest"));
  }

  /// What a digest of an index names.
  public Fetched manifest(Digest digest) {
    return manifest(digest.toString());
  }

  private Fetched manifest(String name) {
    try {
      return first(endpoint -> endpoint.manifest(name, named));
    } catch (RegistryException e) {
      if (e.kind() == Kind.NOT_FOUND && reference.tag().filter(name::equals).isPresent()) {
        throw new RegistryException(
            e.kind(), e.status(), String.valueOf(e.getMessage()), meant(name, e), e);
      }
      throw e;
    }
  }

  private @Nullable String meant(String tag, RegistryException missing) {
    try {
      List<String> tags = tags();
      if (tags.isEmpty()) {
        return missing.action().orElse(null);
      }
      String some = String.join(", ", tags.subList(0, Math.min(SHOWN_TAGS, tags.size())));
      String more = tags.size() > SHOWN_TAGS ? ", ..." : "";
      return Suggestion.or(tag, tags, "it has these tags: " + some + more);
    } catch (DavitException noList) {
      return missing.action().orElse(null);
    }
  }

  /// What the registry has for the tag now, without fetching it; empty where it does not say.
  public Optional<Digest> head() {
    String name = reference.digest().or(reference::tag).orElse("latest");
    return first(endpoint -> endpoint.head(name, named));
  }

  public List<String> tags() {
    return first(Endpoint::tags);
  }

  /// Brings a blob; what is there of it already is not brought again.
  public void download(Descriptor blob, Sink sink) {
    first(
        endpoint -> {
          endpoint.download(blob, sink);
          return true;
        });
  }

  private <T> T first(Function<Endpoint, T> use) {
    int begin = preferred;
    @Nullable DavitException failure = null;
    for (int i = 0; i < sources.size(); i++) {
      int at = (begin + i) % sources.size();
      Source source = sources.get(at);
      try {
        T found = use.apply(source.endpoint().get());
        preferred = at;
        return found;
      } catch (DavitException e) {
        if (Thread.currentThread().isInterrupted() || e.kind() == Kind.INTERNAL) {
          throw e;
        }
        if (sources.size() > 1) {
          notes.say("%s: %s".formatted(source.domain(), e.getMessage()));
        }
        // What the registry itself says counts more than what its mirrors do.
        failure = failure == null || at == sources.size() - 1 ? e : failure;
      }
    }
    throw failure == null ? new IllegalStateException("a repository without sources") : failure;
  }
}
