package dev.davit.compose;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One service, its attributes grouped as the pages of the Compose Specification group them.
///
/// @param replicas how many containers; `scale` or `deploy.replicas`
/// @param mounts volumes first, then the `tmpfs` attribute, as written
/// @param attach whether `up` shows its output
/// @param provider what stands for the service instead of containers
/// @param configHash changes with all that makes its containers what they are
public record Service(
    String name,
    ImageSource source,
    Command command,
    Stop stop,
    Naming naming,
    Map<String, String> labels,
    Map<String, String> annotations,
    int replicas,
    RestartPolicy restart,
    Map<String, Dependency> dependsOn,
    Optional<Healthcheck> healthcheck,
    Logging logging,
    Networking networking,
    List<Mount> mounts,
    List<VolumesFrom> volumesFrom,
    Given given,
    Devices devices,
    Limits limits,
    Isolation isolation,
    List<String> profiles,
    boolean attach,
    Optional<Build> build,
    Optional<Provider> provider,
    Hook.All hooks,
    Develop develop,
    Deploy deploy,
    EngineOptions engineOptions,
    Windows windows,
    ConfigHash configHash) {

  /// The same once the providers that it depends on have run.
  ///
  /// @param others what it depends on besides
  /// @param variables what they set in its environment
  public Service provided(Map<String, Dependency> others, Map<String, String> variables) {
    return new Service(
        name,
        source,
        command.with(variables),
        stop,
        naming,
        labels,
        annotations,
        replicas,
        restart,
        others,
        healthcheck,
        logging,
        networking,
        mounts,
        volumesFrom,
        given,
        devices,
        limits,
        isolation,
        profiles,
        attach,
        build,
        provider,
        hooks,
        develop,
        deploy,
        engineOptions,
        windows,
        configHash.with(variables));
  }

  /// The image reference.
  public String image() {
    return source.image();
  }
}
