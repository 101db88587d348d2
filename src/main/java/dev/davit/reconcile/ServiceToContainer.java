package dev.davit.reconcile;

import dev.davit.compose.Healthcheck;
import dev.davit.compose.Logging;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerConfig.LogConfig;
import dev.davit.engine.ContainerConfig.StopConfig;
import dev.davit.engine.HealthConfig;
import dev.davit.engine.RestartPolicy;
import dev.davit.image.Image;
import dev.davit.image.ImageConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A service of the model as the engine wants its containers. What is not taken over from the
/// model, [Unsupported] reports.
final class ServiceToContainer {
  // Docker waits 5 s between probes before the first success; Davit finds out sooner.
  private static final Duration START_INTERVAL = Duration.ofSeconds(1);

  private final Project project;
  private final Map<String, Image> images;
  private final UnaryOperator<String> firstContainer;

  /// @param images by reference
  /// @param firstContainer name of a service's first container, for shared namespaces
  ServiceToContainer(
      Project project, Map<String, Image> images, UnaryOperator<String> firstContainer) {
    this.project = project;
    this.images = images;
    this.firstContainer = firstContainer;
  }

  /// The container with that number; throws with the place in the file where the model cannot be.
  ContainerConfig config(Service service, int number) {
    var config =
        ContainerConfig.of(Names.container(project, service, number), service.image())
            .withLabels(labels(service, number))
            .withCommand(CommandMapping.of(service.command()))
            .withRestart(restart(service))
            .withStop(
                new StopConfig(
                    service.stop().signal(), Optional.of(service.stop().gracePeriod()), false))
            .withMounts(MountMapping.of(project, service, firstContainer))
            .withNetwork(NetworkMapping.of(project, service, firstContainer))
            .withResources(ResourceMapping.of(project, service))
            .withSecurity(IsolationMapping.security(project, service.isolation()))
            .withNamespaces(IsolationMapping.namespaces(service.isolation(), firstContainer))
            .withLog(log(service))
            .withHooks(HookMapping.of(service));
    return health(service).map(config::withHealth).orElse(config);
  }

  private Map<String, String> labels(Service service, int number) {
    var labels = new HashMap<>(service.labels());
    labels.put(Labels.PROJECT, project.name());
    labels.put(Labels.SERVICE, service.name());
    labels.put(Labels.VERSION, Labels.COMPOSE_VERSION);
    labels.put(Labels.NUMBER, Integer.toString(number));
    labels.put(Labels.ONE_OFF, "False");
    labels.put(Labels.CONFIG_HASH, service.configHash().text());
    labels.put(Labels.DEPENDS_ON, Labels.print(Dependencies.of(service)));
    labels.put(Labels.WORKING_DIRECTORY, project.workingDirectory().toString());
    labels.put(
        Labels.CONFIG_FILES,
        project.composeFiles().stream().map(Path::toString).collect(Collectors.joining(",")));
    Image image = images.get(service.image());
    if (image != null) {
      labels.put(Labels.IMAGE, image.id());
    }
    return labels;
  }

  private static RestartPolicy restart(Service service) {
    return switch (service.restart().condition()) {
      case NO -> RestartPolicy.NEVER;
      case ALWAYS -> RestartPolicy.ALWAYS;
      case UNLESS_STOPPED -> RestartPolicy.UNLESS_STOPPED;
      case ON_FAILURE -> RestartPolicy.onFailure(service.restart().maxRetries());
    };
  }

  private Optional<HealthConfig> health(Service service) {
    return service
        .healthcheck()
        .flatMap(
            check ->
                check.disabled()
                    ? Optional.of(HealthConfig.of(List.of("NONE")))
                    : health(check, inherited(service)));
  }

  // As docker: what the service does not say is as the image has it, the test too.
  private static Optional<HealthConfig> health(
      Healthcheck check, Optional<ImageConfig.Healthcheck> image) {
    List<String> test =
        check.test().isEmpty()
            ? image.map(ImageConfig.Healthcheck::test).orElse(List.of())
            : check.test();
    if (test.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new HealthConfig(
            test,
            or(check.interval(), image.map(it -> it.interval()), Healthcheck.INTERVAL),
            or(check.timeout(), image.map(it -> it.timeout()), Healthcheck.TIMEOUT),
            check
                .retries()
                .orElse(
                    image.map(it -> it.retries()).filter(it -> it > 0).orElse(Healthcheck.RETRIES)),
            or(check.startPeriod(), image.map(it -> it.startPeriod()), Healthcheck.START_PERIOD),
            or(check.startInterval(), image.map(it -> it.startInterval()), START_INTERVAL)));
  }

  private static Duration or(Optional<Duration> own, Optional<Long> image, Duration usual) {
    return own.or(() -> image.filter(it -> it > 0).map(Duration::ofNanos)).orElse(usual);
  }

  private Optional<ImageConfig.Healthcheck> inherited(Service service) {
    return Optional.ofNullable(images.get(service.image()))
        .flatMap(image -> image.config().healthcheck());
  }

  private static LogConfig log(Service service) {
    Logging logging = service.logging();
    // What replaces another driver has none of its options.
    return switch (logging.driver()) {
      case "none" -> new LogConfig("none", Map.of());
      case "json-file", "local" -> new LogConfig(logging.driver(), logging.options());
      default -> LogConfig.JSON_FILE;
    };
  }
}
