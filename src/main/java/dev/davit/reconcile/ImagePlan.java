package dev.davit.reconcile;

import dev.davit.compose.Hook.PreStart;
import dev.davit.compose.Mount;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.error.Code;
import dev.davit.image.HostImage;
import dev.davit.image.Image;
import dev.davit.image.Reference;
import dev.davit.reconcile.Operation.PullImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Decides which images are pulled before containers are made of them. What is not here and is not
/// to be pulled is an error with its place.
final class ImagePlan {
  private final Project project;
  private final Observed observed;
  private final Optional<PullPolicy> asked;
  private final Plan.Builder plan;
  private final Map<Wanted, Integer> pulls = new HashMap<>();
  private final Map<String, Set<Integer>> byService = new HashMap<>();

  private record Wanted(String reference, Optional<String> platform) {}

  ImagePlan(Project project, Observed observed, PlanOptions options, Plan.Builder plan) {
    this.project = project;
    this.observed = observed;
    this.asked = options.pull();
    this.plan = plan;
  }

  void add(List<Service> services) {
    services.forEach(this::add);
  }

  /// The pulls that have to be done before containers of the service are made.
  Set<Integer> before(Service service) {
    return byService.getOrDefault(service.name(), Set.of());
  }

  private void add(Service service) {
    String path = "services." + service.name();
    PullPolicy policy =
        asked.orElseGet(() -> PullPolicy.parse(service.source().pullPolicy().orElse("missing")));
    add(service, path + ".image", service.image(), policy);
    List<PreStart> steps = service.hooks().preStart();
    for (int i = 0; i < steps.size(); i++) {
      String at = path + ".pre_start[" + i + "].image";
      steps.get(i).image().ifPresent(image -> add(service, at, image, policy));
    }
    for (int i = 0; i < service.mounts().size(); i++) {
      Mount mount = service.mounts().get(i);
      if (mount.type() == Mount.Type.IMAGE) {
        // As docker compose: a service's policy is for what it is made of.
        PullPolicy ofMounts = policy.unlessHere() ? PullPolicy.MISSING : PullPolicy.NEVER;
        add(service, path + ".volumes[" + i + "]", mount.source(), ofMounts);
      }
    }
  }

  private void add(Service service, String path, String reference, PullPolicy policy) {
    Optional<Image> here = Optional.ofNullable(observed.images().get(reference));
    if (here.filter(HostImage::is).isPresent()) {
      return;
    }
    boolean isId = Reference.id(reference).isPresent();
    Optional<String> cause = policy.cause(here, observed.at()).filter(_ -> !isId);
    if (cause.isPresent()) {
      pull(service, reference, cause.get());
    } else if (here.isEmpty()) {
      throw Places.error(
          Code.IMAGE_NOT_HERE,
          project,
          path,
          "image \"%s\" is not here".formatted(reference),
          isId
              ? "an id cannot be pulled: write the name of the image"
              : "pull_policy \"%s\" pulls none: davit image pull %s"
                  .formatted(policy.word(), reference));
    }
  }

  private void pull(Service service, String reference, String cause) {
    Optional<String> platform = service.source().platform();
    int node =
        pulls.computeIfAbsent(
            new Wanted(reference, platform),
            _ ->
                plan.add(
                    new PullImage(Subject.image(reference), reference, platform, true, cause),
                    Set.of()));
    byService.computeIfAbsent(service.name(), _ -> new TreeSet<>()).add(node);
  }
}
