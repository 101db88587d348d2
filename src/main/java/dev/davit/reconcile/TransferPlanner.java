package dev.davit.reconcile;

import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.image.HostImage;
import dev.davit.image.Image;
import dev.davit.image.Reference;
import dev.davit.reconcile.Operation.PullImage;
import dev.davit.reconcile.Operation.PushImage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Decides what `pull` and `push` bring and send. Pure.
public final class TransferPlanner {
  private final Project project;
  private final Plan.Builder plan = new Plan.Builder();
  private final Set<String> done = new HashSet<>();

  /// What is asked for besides.
  ///
  /// @param services by name; empty means all
  /// @param withDependencies what those need too
  /// @param ignoreFailures a failure is a warning
  public record Options(List<String> services, boolean withDependencies, boolean ignoreFailures) {
    public Options {
      services = List.copyOf(services);
    }
  }

  private TransferPlanner(Project project) {
    this.project = project;
  }

  /// The images of services. Without a policy of its own a service's image is pulled although it is
  /// here.
  ///
  /// @param ignoreBuildable leave out what can be built
  /// @param policy in place of the services'
  public static Plan pull(
      Project project,
      Observed observed,
      Options options,
      boolean ignoreBuildable,
      Optional<String> policy) {
    var planner = new TransferPlanner(project);
    for (Service service : services(project, options)) {
      String word = policy.or(() -> service.source().pullPolicy()).orElse("always");
      Optional<String> reason = planner.whyNot(service, observed, word, ignoreBuildable);
      if (reason.isPresent()) {
        planner.plan.warn(
            "image of service \"%s\" is not pulled: %s".formatted(service.name(), reason.get()));
      } else {
        planner.pull(service, !options.ignoreFailures() && service.build().isEmpty());
      }
    }
    return planner.plan.build();
  }

  private static List<Service> services(Project project, Options options) {
    return Dependencies.ordered(project, options.services(), options.withDependencies()).stream()
        .filter(service -> service.provider().isEmpty())
        .toList();
  }

  private Optional<String> whyNot(
      Service service, Observed observed, String policy, boolean ignoreBuildable) {
    Optional<Image> here = Optional.ofNullable(observed.images().get(service.image()));
    if (isBuiltOnly(service)) {
      return Optional.of("it has no name and is built");
    }
    if (here.filter(HostImage::is).isPresent()) {
      return Optional.of("it is the host itself");
    }
    if (Reference.id(service.image()).isPresent()) {
      return Optional.of("an id cannot be pulled");
    }
    if (policy.equals("never") || policy.equals("build")) {
      return Optional.of("its pull_policy is " + policy);
    }
    if (here.isPresent() && isKept(service, policy)) {
      return Optional.of("it is here already");
    }
    return ignoreBuildable && service.build().isPresent()
        ? Optional.of("it can be built")
        : Optional.empty();
  }

  // A tag "latest" is meant to move.
  private static boolean isKept(Service service, String policy) {
    return PullPolicy.parse(policy).equals(PullPolicy.MISSING)
        && !Reference.parse(service.image()).tag().equals(Optional.of("latest"));
  }

  private boolean isBuiltOnly(Service service) {
    return service.build().isPresent()
        && service.image().equals(project.name() + "-" + service.name());
  }

  private void pull(Service service, boolean required) {
    String reference = service.image();
    Optional<String> platform = service.source().platform();
    if (done.add(reference + " " + platform.orElse(""))) {
      plan.add(
          new PullImage(
              Subject.image(reference),
              reference,
              platform,
              required,
              "image of service \"" + service.name() + "\""),
          Set.of());
    }
  }

  /// The images that services build: others are not theirs to push.
  public static Plan push(Project project, Options options) {
    var planner = new TransferPlanner(project);
    for (Service service : services(project, options)) {
      planner.tags(service).forEach(tag -> planner.push(service, tag, !options.ignoreFailures()));
    }
    if (planner.done.isEmpty()) {
      planner.plan.warn("no service builds an image that has a name: nothing is pushed");
    }
    return planner.plan.build();
  }

  private Stream<String> tags(Service service) {
    if (service.build().isEmpty()) {
      return Stream.of();
    }
    return Stream.concat(
        isBuiltOnly(service) ? Stream.of() : Stream.of(service.image()),
        service.build().get().output().tags().stream());
  }

  private void push(Service service, String reference, boolean required) {
    if (done.add(reference)) {
      plan.add(
          new PushImage(
              Subject.image(reference),
              reference,
              required,
              "built by service \"" + service.name() + "\""),
          Set.of());
    }
  }
}
