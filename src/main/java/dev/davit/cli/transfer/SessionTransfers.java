package dev.davit.cli.transfer;

import dev.davit.cli.Session;
import dev.davit.cli.login.RegistryAccess;
import dev.davit.content.Store;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
import dev.davit.reconcile.Cancellation;
import dev.davit.reconcile.ImageTransfers;
import dev.davit.reconcile.Operation;
import dev.davit.reconcile.Report;
import dev.davit.registry.Registries;
import dev.davit.transfer.Pulled;
import dev.davit.transfer.Pulls;
import dev.davit.transfer.Pushed;
import dev.davit.transfer.Pushes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Pulls and pushes with the logins of a session's user. Connections are made when the first is
/// asked for and kept until it is closed; then it is told what the registries remarked.
public final class SessionTransfers implements ImageTransfers, AutoCloseable {
  private final Session session;
  private final Store store;
  private final Remarks remarks = new Remarks();
  private final Map<String, Pulled> pulled = new ConcurrentHashMap<>();
  private final Map<String, Pushed> pushed = new ConcurrentHashMap<>();
  private @Nullable Means means;

  private record Means(Registries registries, Pulls pulls, Pushes pushes) {}

  public SessionTransfers(Session session, Store store) {
    this.session = session;
    this.store = store;
  }

  private synchronized Means means() {
    Means known = means;
    if (known == null) {
      Registries registries = RegistryAccess.open(session, remarks);
      known = new Means(registries, new Pulls(store, registries), new Pushes(store, registries));
      means = known;
    }
    return known;
  }

  @Override
  public Optional<String> pull(Operation.PullImage pull, Cancellation cancel, Report report) {
    Reference asked = Reference.parse(pull.reference());
    Optional<Platform> platform = pull.platform().map(Platform::parse);
    Pulled done =
        Relay.run(cancel, report, meter -> means().pulls().pull(asked, platform, usual(), meter));
    pulled.put(pull.reference(), done);
    return done.warning();
  }

  // As docker has it.
  private Platform usual() {
    return session
        .env("DOCKER_DEFAULT_PLATFORM")
        .filter(text -> !text.isEmpty())
        .map(Platform::parse)
        .orElseGet(Platform::ofThisMachine);
  }

  @Override
  public Optional<String> push(Operation.PushImage push, Cancellation cancel, Report report) {
    Reference name = Reference.parse(push.reference());
    pushed.put(
        push.reference(), Relay.run(cancel, report, meter -> means().pushes().push(name, meter)));
    return Optional.empty();
  }

  /// The tags that the repository of `asked` has at its registry.
  public List<Reference> tags(Reference asked) {
    return means().pulls().tags(asked);
  }

  /// What came by that reference.
  public Optional<Pulled> pulled(String reference) {
    return Optional.ofNullable(pulled.get(reference));
  }

  /// What was named by that reference.
  public Optional<Pushed> pushed(String reference) {
    return Optional.ofNullable(pushed.get(reference));
  }

  @Override
  public synchronized void close() {
    if (means != null) {
      means.registries().close();
      remarks.lines().forEach(session::note);
    }
  }
}
