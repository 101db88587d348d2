package dev.davit.reconcile;

import dev.davit.compose.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How `up` is asked to go about it. Start from [#DEFAULT] and replace what differs.
///
/// @param services asked for by name; empty means all
/// @param withDependencies what those need too
/// @param recreate what happens to containers of the services asked for
/// @param scale replicas by service, over the model's
/// @param removeOrphans remove containers of services that the model no longer has
/// @param ignoreOrphans say nothing about them
/// @param grace between stop signal and SIGKILL; empty: as each container is configured
/// @param start start what was created
/// @param await wait at the end until the services are ready
/// @param jobs services that are ready when they have ended well, as somebody outside the project
///   waits for that
/// @param awaitTimeout for every wait; empty: without end
/// @param renewVolumes do not carry anonymous volumes over
/// @param allResources networks and volumes that no service uses too
/// @param lostVolumes names of volumes that may be made again without their data, where they are
///   not as the model says
/// @param oneOff a container beside the services, made when what its service needs is there
/// @param pull in place of what services say of their images
/// @param ready a service without containers; the plan ends when what it depends on is there
public record PlanOptions(
    List<String> services,
    boolean withDependencies,
    Recreate recreate,
    Recreate recreateDependencies,
    Map<String, Integer> scale,
    boolean removeOrphans,
    boolean ignoreOrphans,
    Optional<Duration> grace,
    boolean start,
    boolean await,
    Set<String> jobs,
    Optional<Duration> awaitTimeout,
    boolean renewVolumes,
    boolean allResources,
    Set<String> lostVolumes,
    Optional<OneOff> oneOff,
    Optional<PullPolicy> pull,
    Optional<Service> ready) {

  public enum Recreate {
    IF_CHANGED,
    ALWAYS,
    NEVER
  }

  public static final PlanOptions DEFAULT = builder().build();

  public PlanOptions {
    services = List.copyOf(services);
    scale = Map.copyOf(scale);
    jobs = Set.copyOf(jobs);
    lostVolumes = Set.copyOf(lostVolumes);
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Collects what differs from the default.
  public static final class Builder {
    private List<String> services = List.of();
    private boolean withDependencies = true;
    private Recreate recreate = Recreate.IF_CHANGED;
    private Recreate recreateDependencies = Recreate.IF_CHANGED;
    private Map<String, Integer> scale = Map.of();
    private boolean removeOrphans;
    private boolean ignoreOrphans;
    private Optional<Duration> grace = Optional.empty();
    private boolean start = true;
    private boolean await;
    private Set<String> jobs = Set.of();
    private Optional<Duration> awaitTimeout = Optional.empty();
    private boolean renewVolumes;
    private boolean allResources;
    private Set<String> lostVolumes = Set.of();
    private Optional<OneOff> oneOff = Optional.empty();
    private Optional<PullPolicy> pull = Optional.empty();
    private Optional<Service> ready = Optional.empty();

    private Builder() {}

    public Builder services(List<String> names) {
      services = names;
      return this;
    }

    public Builder withDependencies(boolean value) {
      withDependencies = value;
      return this;
    }

    public Builder recreate(Recreate strategy) {
      recreate = strategy;
      return this;
    }

    public Builder recreateDependencies(Recreate strategy) {
      recreateDependencies = strategy;
      return this;
    }

    public Builder scale(Map<String, Integer> replicas) {
      scale = replicas;
      return this;
    }

    public Builder removeOrphans(boolean value) {
      removeOrphans = value;
      return this;
    }

    public Builder ignoreOrphans(boolean value) {
      ignoreOrphans = value;
      return this;
    }

    public Builder grace(Optional<Duration> value) {
      grace = value;
      return this;
    }

    public Builder start(boolean value) {
      start = value;
      return this;
    }

    public Builder await(boolean value, Optional<Duration> timeout) {
      await = value;
      awaitTimeout = timeout;
      return this;
    }

    public Builder jobs(Set<String> names) {
      jobs = names;
      return this;
    }

    public Builder renewVolumes(boolean value) {
      renewVolumes = value;
      return this;
    }

    public Builder allResources(boolean value) {
      allResources = value;
      return this;
    }

    public Builder lostVolumes(Set<String> names) {
      lostVolumes = names;
      return this;
    }

    public Builder oneOff(OneOff container) {
      oneOff = Optional.of(container);
      return this;
    }

    public Builder pull(Optional<PullPolicy> policy) {
      pull = policy;
      return this;
    }

    /// What a provider depends on is made ready, with the containers that there are, and nothing
    /// else.
    public Builder readyFor(Service provider) {
      ready = Optional.of(provider);
      services = List.copyOf(provider.dependsOn().keySet());
      withDependencies = true;
      recreate = recreateDependencies == Recreate.NEVER ? Recreate.NEVER : Recreate.IF_CHANGED;
      recreateDependencies = recreate;
      removeOrphans = false;
      ignoreOrphans = true;
      await = false;
      return this;
    }

    public PlanOptions build() {
      return new PlanOptions(
          services,
          withDependencies,
          recreate,
          recreateDependencies,
          scale,
          removeOrphans,
          ignoreOrphans,
          grace,
          start,
          await,
          jobs,
          awaitTimeout,
          renewVolumes,
          allResources,
          lostVolumes,
          oneOff,
          pull,
          ready);
    }
  }
}
