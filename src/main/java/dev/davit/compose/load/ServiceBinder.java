package dev.davit.compose.load;

import dev.davit.compose.Command;
import dev.davit.compose.ConfigHash;
import dev.davit.compose.Dependency;
import dev.davit.compose.EngineOptions;
import dev.davit.compose.Healthcheck;
import dev.davit.compose.ImageSource;
import dev.davit.compose.Isolation;
import dev.davit.compose.Logging;
import dev.davit.compose.Naming;
import dev.davit.compose.RestartPolicy;
import dev.davit.compose.RestartPolicy.Condition;
import dev.davit.compose.Service;
import dev.davit.compose.Stop;
import dev.davit.compose.Windows;
import dev.davit.compose.tree.Scalar;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A service of the finished tree as a [Service].
final class ServiceBinder {
  private ServiceBinder() {}

  static Service bind(String project, String name, View service, ConfigHash configHash) {
    return new Service(
        name,
        new ImageSource(
            service.text("image").orElse(project + "-" + name),
            service.text("pull_policy"),
            service.text("platform")),
        command(service),
        new Stop(
            service.text("stop_signal"),
            service.duration("stop_grace_period").orElse(Stop.GRACE_PERIOD)),
        new Naming(
            service.text("container_name"), service.text("hostname"), service.text("domainname")),
        labels(service, "labels"),
        labels(service, "annotations"),
        replicas(service),
        restart(service),
        dependencies(service.at("depends_on")),
        service.ifPresent("healthcheck").map(ServiceBinder::healthcheck),
        logging(service.at("logging")),
        NetworkingBinder.bind(service),
        MountBinder.bind(service),
        MountBinder.volumesFrom(service),
        GivenBinder.bind(service),
        DeviceBinder.bind(service),
        LimitsBinder.bind(service),
        isolation(service),
        service.texts("profiles"),
        service.flag("attach", true),
        service.ifPresent("build").map(BuildBinder::bind),
        service.ifPresent("provider").map(HookBinder::provider),
        HookBinder.hooks(service),
        HookBinder.develop(service.at("develop")),
        DeployBinder.bind(service.at("deploy")),
        engineOptions(service),
        windows(service),
        configHash);
  }

  /// A label without value is an empty one.
  static Map<String, String> labels(View owner, String attribute) {
    var labels = new LinkedHashMap<String, String>();
    View all = owner.at(attribute);
    all.mapping().keys().forEach(key -> labels.put(key, all.text(key).orElse("")));
    return labels;
  }

  private static Command command(View service) {
    return new Command(
        service.textsIfPresent("entrypoint"),
        service.textsIfPresent("command"),
        service.map("environment"),
        unset(service.at("environment")),
        service.text("working_dir"),
        service.text("user"),
        service.texts("group_add"),
        service.flag("init"),
        service.flag("tty"),
        service.flag("stdin_open"));
  }

  private static Set<String> unset(View environment) {
    var unset = new LinkedHashSet<String>();
    environment
        .mapping()
        .entries()
        .forEach(
            (key, entry) -> {
              if (entry.value() instanceof Scalar scalar && scalar.isNull()) {
                unset.add(key);
              }
            });
    return unset;
  }

  static int replicas(View service) {
    return service.small("scale").orElse(service.at("deploy").small("replicas").orElse(1));
  }

  /// `deploy.restart_policy` wins over `restart`.
  private static RestartPolicy restart(View service) {
    Optional<View> policy = service.at("deploy").ifPresent("restart_policy");
    if (policy.isPresent()) {
      int attempts = policy.get().small("max_attempts").orElse(0);
      return switch (policy.get().text("condition").orElse("any")) {
        case "none" -> RestartPolicy.NO;
        case "on-failure" -> new RestartPolicy(Condition.ON_FAILURE, attempts);
        default -> new RestartPolicy(Condition.ALWAYS, 0);
      };
    }
    String[] words = service.text("restart").orElse("no").split(":", 2);
    return switch (words[0]) {
      case "always" -> new RestartPolicy(Condition.ALWAYS, 0);
      case "unless-stopped" -> new RestartPolicy(Condition.UNLESS_STOPPED, 0);
      case "on-failure" ->
          new RestartPolicy(
              Condition.ON_FAILURE, words.length == 2 ? Integer.parseInt(words[1]) : 0);
      default -> RestartPolicy.NO;
    };
  }

  private static Map<String, Dependency> dependencies(View all) {
    var dependencies = new LinkedHashMap<String, Dependency>();
    for (String name : all.mapping().keys()) {
      View dependency = all.at(name);
      String condition = dependency.text("condition").orElse("service_started");
      dependencies.put(
          name,
          new Dependency(
              Dependency.Condition.valueOf(condition.toUpperCase(Locale.ROOT)),
              dependency.flag("restart"),
              dependency.flag("required", true)));
    }
    return dependencies;
  }

  private static Healthcheck healthcheck(View check) {
    List<String> test = check.texts("test");
    boolean none = !test.isEmpty() && test.getFirst().equals("NONE");
    return new Healthcheck(
        none ? List.of() : test,
        check.duration("interval"),
        check.duration("timeout"),
        check.duration("start_period"),
        check.duration("start_interval"),
        check.small("retries"),
        none || check.flag("disable"));
  }

  private static Logging logging(View logging) {
    return new Logging(
        logging.text("driver").orElse(Logging.DEFAULT.driver()), logging.map("options"));
  }

  private static Isolation isolation(View service) {
    var options = new SecurityOptions(service.texts("security_opt"));
    return new Isolation(
        service.flag("privileged"),
        service.flag("read_only"),
        capabilities(service, "cap_add"),
        capabilities(service, "cap_drop"),
        options.noNewPrivileges(),
        options.seccomp(),
        options.seccompProfile(),
        options.apparmorProfile(),
        options.selinuxLabels(),
        options.openSystemPaths(),
        service.map("sysctls"),
        Namespaces.mode(service.text("ipc")),
        Namespaces.mode(service.text("pid")),
        Namespaces.mode(service.text("uts")),
        Namespaces.mode(service.text("cgroup")));
  }

  private static EngineOptions engineOptions(View service) {
    return new EngineOptions(
        service.text("cgroup_parent"),
        service.text("runtime"),
        service.map("storage_opt"),
        service.text("userns_mode"),
        service.flag("use_api_socket"));
  }

  private static Windows windows(View service) {
    return new Windows(
        service.text("isolation"),
        service.whole("cpu_count"),
        service.decimal("cpu_percent"),
        service.map("credential_spec"));
  }

  private static List<String> capabilities(View service, String attribute) {
    return service.texts(attribute).stream()
        .map(it -> it.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", ""))
        .toList();
  }
}
