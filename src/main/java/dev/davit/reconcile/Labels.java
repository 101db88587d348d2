package dev.davit.reconcile;

import dev.davit.compose.Dependency;
import dev.davit.compose.Dependency.Condition;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The labels by which a project finds again what belongs to it; docker compose's own names, so
/// that other programs find it too.
public final class Labels {
  private static final String PREFIX = "com.docker.compose.";

  public static final String PROJECT = PREFIX + "project";
  public static final String SERVICE = PREFIX + "service";
  public static final String NUMBER = PREFIX + "container-number";
  public static final String CONFIG_HASH = PREFIX + "config-hash";
  public static final String IMAGE = PREFIX + "image";
  public static final String ONE_OFF = PREFIX + "oneoff";
  public static final String DEPENDS_ON = PREFIX + "depends_on";
  public static final String WORKING_DIRECTORY = PREFIX + "project.working_dir";
  public static final String CONFIG_FILES = PREFIX + "project.config_files";
  public static final String NETWORK = PREFIX + "network";
  public static final String VOLUME = PREFIX + "volume";
  public static final String HOOK = PREFIX + "hook";
  public static final String REPLACE = PREFIX + "replace";
  public static final String SLUG = PREFIX + "slug";
  public static final String VERSION = PREFIX + "version";

  /// The version of docker compose whose labels these are.
  public static final String COMPOSE_VERSION = "5.5.0";

  private Labels() {}

  /// The service of a container, empty for one of no project.
  public static String service(Container container) {
    return label(container, SERVICE).orElse("");
  }

  /// The project of a container, empty for one of no project.
  public static String project(Container container) {
    return label(container, PROJECT).orElse("");
  }

  /// The number of a container among its service's, 0 for a one-off.
  public static int number(Container container) {
    return label(container, NUMBER)
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .orElse(0);
  }

  /// The id of the container that it has replaced.
  public static Optional<String> replaced(Container container) {
    return label(container, REPLACE);
  }

  /// The configuration of what replaces `old`.
  static ContainerConfig replacing(ContainerConfig config, Container old) {
    var labels = new LinkedHashMap<>(config.labels());
    labels.put(REPLACE, old.id());
    return config.withLabels(labels);
  }

  /// Whether it was made by `run`.
  public static boolean oneOff(Container container) {
    return label(container, ONE_OFF).orElse("False").equals("True");
  }

  /// Whether it ran a step before the start of its service.
  public static boolean isHook(Container container) {
    return label(container, HOOK).isPresent();
  }

  static Optional<String> label(Container container, String name) {
    return Optional.ofNullable(container.config().labels().get(name));
  }

  /// What a service depends on, as `db:service_healthy:true,…`; the flag says whether a restart
  /// goes along.
  static String print(Map<String, Dependency> dependencies) {
    return dependencies.entrySet().stream()
        .map(
            entry ->
                entry.getKey()
                    + ":"
                    + entry.getValue().condition().name().toLowerCase(Locale.ROOT)
                    + ":"
                    + entry.getValue().restart())
        .collect(Collectors.joining(","));
  }

  /// What the container's service depended on when the container was created.
  static Map<String, Dependency> dependencies(Container container) {
    var dependencies = new LinkedHashMap<String, Dependency>();
    for (String part : label(container, DEPENDS_ON).orElse("").split(",", -1)) {
      List<String> words = List.of(part.split(":", -1));
      if (words.size() == 3) {
        dependencies.put(
            words.get(0),
            new Dependency(condition(words.get(1)), Boolean.parseBoolean(words.get(2)), true));
      }
    }
    return dependencies;
  }

  private static Condition condition(String word) {
    return switch (word) {
      case "service_healthy" -> Condition.SERVICE_HEALTHY;
      case "service_completed_successfully" -> Condition.SERVICE_COMPLETED_SUCCESSFULLY;
      default -> Condition.SERVICE_STARTED;
    };
  }
}
