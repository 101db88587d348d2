package dev.davit.engine;

import dev.davit.cgroup.DeviceRule;
import dev.davit.cgroup.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// Everything that is said when a container is created; it does not change afterwards. Start from
/// [#of] and replace the groups that differ.
///
/// @param name unique in this engine, `[a-zA-Z0-9][a-zA-Z0-9_.-]*`
/// @param image reference of the image
/// @param labels kept and shown, without meaning for the engine
/// @param health the probe; empty: the image's own, if it has one
/// @param hooks kept for those who start and stop it, without meaning for the engine
public record ContainerConfig(
    String name,
    String image,
    Map<String, String> labels,
    Command command,
    Optional<HealthConfig> health,
    RestartPolicy restart,
    StopConfig stop,
    List<MountConfig> mounts,
    Networking network,
    Resources resources,
    Security security,
    Namespaces namespaces,
    LogConfig log,
    Hooks hooks) {

  public ContainerConfig {
    labels = Map.copyOf(labels);
    mounts = List.copyOf(mounts);
    // A file of an earlier engine has none.
    hooks = Objects.requireNonNullElse(hooks, Hooks.NONE);
  }

  /// A container of `image` as it is, without network, limits or restart.
  public static ContainerConfig of(String name, String image) {
    return new ContainerConfig(
        name,
        image,
        Map.of(),
        Command.OF_IMAGE,
        Optional.empty(),
        RestartPolicy.NEVER,
        StopConfig.OF_IMAGE,
        List.of(),
        Networking.NONE,
        Resources.UNLIMITED,
        Security.DEFAULT,
        Namespaces.PRIVATE,
        LogConfig.JSON_FILE,
        Hooks.NONE);
  }

  public ContainerConfig withImage(String image) {
    return with(draft -> draft.image = image);
  }

  public ContainerConfig withLabels(Map<String, String> labels) {
    return with(draft -> draft.labels = labels);
  }

  public ContainerConfig withCommand(Command command) {
    return with(draft -> draft.command = command);
  }

  public ContainerConfig withHealth(HealthConfig health) {
    return with(draft -> draft.health = Optional.of(health));
  }

  public ContainerConfig withRestart(RestartPolicy restart) {
    return with(draft -> draft.restart = restart);
  }

  public ContainerConfig withStop(StopConfig stop) {
    return with(draft -> draft.stop = stop);
  }

  public ContainerConfig withMounts(List<MountConfig> mounts) {
    return with(draft -> draft.mounts = mounts);
  }

  public ContainerConfig withNetwork(Networking network) {
    return with(draft -> draft.network = network);
  }

  public ContainerConfig withResources(Resources resources) {
    return with(draft -> draft.resources = resources);
  }

  public ContainerConfig withSecurity(Security security) {
    return with(draft -> draft.security = security);
  }

  public ContainerConfig withNamespaces(Namespaces namespaces) {
    return with(draft -> draft.namespaces = namespaces);
  }

  public ContainerConfig withLog(LogConfig log) {
    return with(draft -> draft.log = log);
  }

  public ContainerConfig withHooks(Hooks hooks) {
    return with(draft -> draft.hooks = hooks);
  }

  public ContainerConfig withName(String name) {
    return with(draft -> draft.name = name);
  }

  private ContainerConfig with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.config();
  }

  /// The same components, to be replaced one by one.
  private static final class Draft {
    private String name;
    private String image;
    private Map<String, String> labels;
    private Command command;
    private Optional<HealthConfig> health;
    private RestartPolicy restart;
    private StopConfig stop;
    private List<MountConfig> mounts;
    private Networking network;
    private Resources resources;
    private Security security;
    private Namespaces namespaces;
    private LogConfig log;
    private Hooks hooks;

    Draft(ContainerConfig config) {
      name = config.name;
      image = config.image;
      labels = config.labels;
      command = config.command;
      health = config.health;
      restart = config.restart;
      stop = config.stop;
      mounts = config.mounts;
      network = config.network;
      resources = config.resources;
      security = config.security;
      namespaces = config.namespaces;
      log = config.log;
      hooks = config.hooks;
    }

    ContainerConfig config() {
      return new ContainerConfig(
          name,
          image,
          labels,
          command,
          health,
          restart,
          stop,
          mounts,
          network,
          resources,
          security,
          namespaces,
          log,
          hooks);
    }
  }

  /// What runs in it. An entrypoint or command that is present but empty clears the image's.
  ///
  /// @param env `K=V`; a lone `K` removes the image's value
  /// @param user `name|uid[:group|gid]`
  /// @param groups supplementary groups beside those of the user, names or numbers
  /// @param init whether PID 1 is an init that reaps and forwards signals
  public record Command(
      Optional<List<String>> entrypoint,
      Optional<List<String>> command,
      List<String> env,
      Optional<String> user,
      List<String> groups,
      Optional<String> workingDir,
      boolean tty,
      boolean openStdin,
      boolean init) {
    public static final Command OF_IMAGE =
        new Command(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            false,
            false,
            false);

    public Command {
      env = List.copyOf(env);
      groups = List.copyOf(groups);
    }

    /// Runs `words` in place of the image's command.
    public static Command of(String... words) {
      return OF_IMAGE.withCommand(List.of(words));
    }

    public Command withCommand(List<String> words) {
      return new Command(
          entrypoint, Optional.of(words), env, user, groups, workingDir, tty, openStdin, init);
    }

    public Command withEntrypoint(List<String> words) {
      return new Command(
          Optional.of(words), command, env, user, groups, workingDir, tty, openStdin, init);
    }

    public Command withEnv(List<String> env) {
      return new Command(entrypoint, command, env, user, groups, workingDir, tty, openStdin, init);
    }

    public Command withUser(String user) {
      return new Command(
          entrypoint, command, env, Optional.of(user), groups, workingDir, tty, openStdin, init);
    }

    public Command withWorkingDir(String directory) {
      return new Command(
          entrypoint, command, env, user, groups, Optional.of(directory), tty, openStdin, init);
    }

    public Command withTty(boolean tty) {
      return new Command(entrypoint, command, env, user, groups, workingDir, tty, openStdin, init);
    }

    public Command withInit(boolean init) {
      return new Command(entrypoint, command, env, user, groups, workingDir, tty, openStdin, init);
    }
  }

  /// @param signal name or number, `SIGTERM` where neither this nor the image says one
  /// @param timeout the grace between that signal and SIGKILL, 10 s where empty
  /// @param removed whether it is removed, with its anonymous volumes, once it has ended for good
  public record StopConfig(Optional<String> signal, Optional<Duration> timeout, boolean removed) {
    public static final StopConfig OF_IMAGE =
        new StopConfig(Optional.empty(), Optional.empty(), false);

    public StopConfig withRemoved(boolean removed) {
      return new StopConfig(signal, timeout, removed);
    }
  }

  /// @param ulimits by the name that setrlimit(2) has for it, in lower case: `nofile`
  /// @param oomScoreAdj -1000 to 1000
  /// @param shmSize bytes of /dev/shm
  /// @param cgroupParent of its cgroup, a path of the cgroup file systems; empty: Davit's own
  public record Resources(
      Limits limits,
      Map<String, Ulimit> ulimits,
      int oomScoreAdj,
      long shmSize,
      Devices devices,
      Optional<String> cgroupParent) {
    public static final Resources UNLIMITED =
        new Resources(
            Limits.none(), Map.of(), 0, 64L * 1024 * 1024, Devices.USUAL, Optional.empty());

    public Resources {
      ulimits = Map.copyOf(ulimits);
    }

    public Resources withLimits(Limits limits) {
      return new Resources(limits, ulimits, oomScoreAdj, shmSize, devices, cgroupParent);
    }

    public Resources withUlimits(Map<String, Ulimit> ulimits) {
      return new Resources(limits, ulimits, oomScoreAdj, shmSize, devices, cgroupParent);
    }

    public Resources withDevices(Devices devices) {
      return new Resources(limits, ulimits, oomScoreAdj, shmSize, devices, cgroupParent);
    }
  }

  /// What of the machine's devices it has and may open, beside those that every container has.
  public record Devices(List<Node> nodes, List<DeviceRule> rules) {
    public static final Devices USUAL = new Devices(List.of(), List.of());

    public Devices {
      nodes = List.copyOf(nodes);
      rules = List.copyOf(rules);
    }

    /// @param source path of a device, or of a directory with devices, on the machine
    /// @param target path in the container, below /dev
    /// @param permissions of `r`, `w` and `m`
    public record Node(String source, String target, String permissions) {}
  }

  /// -1 is unlimited.
  public record Ulimit(long soft, long hard) {}

  /// @param capAdd names with or without `CAP_`, or `ALL`
  /// @param seccompProfile a filter in docker's format in place of the usual one: the absolute path
  ///   of its file, of a container that is there its text
  /// @param openSystemPaths whether it sees what of /proc and /sys tells of the machine
  public record Security(
      List<String> capAdd,
      List<String> capDrop,
      boolean privileged,
      boolean readOnlyRootfs,
      Map<String, String> sysctls,
      boolean noNewPrivileges,
      boolean seccompUnconfined,
      Optional<String> seccompProfile,
      boolean openSystemPaths,
      LsmConfig modules) {
    public static final Security DEFAULT =
        new Security(
            List.of(),
            List.of(),
            false,
            false,
            Map.of(),
            false,
            false,
            Optional.empty(),
            false,
            LsmConfig.NONE);

    public Security {
      capAdd = List.copyOf(capAdd);
      capDrop = List.copyOf(capDrop);
      sysctls = Map.copyOf(sysctls);
      // A file of an earlier engine has none.
      modules = Objects.requireNonNullElse(modules, LsmConfig.NONE);
    }

    public Security withCapabilities(List<String> add, List<String> drop) {
      return new Security(
          add,
          drop,
          privileged,
          readOnlyRootfs,
          sysctls,
          noNewPrivileges,
          seccompUnconfined,
          seccompProfile,
          openSystemPaths,
          modules);
    }

    public Security withPrivileged(boolean privileged) {
      return new Security(
          capAdd,
          capDrop,
          privileged,
          readOnlyRootfs,
          sysctls,
          noNewPrivileges,
          seccompUnconfined,
          seccompProfile,
          openSystemPaths,
          modules);
    }

    public Security withNoNewPrivileges(boolean noNewPrivileges) {
      return new Security(
          capAdd,
          capDrop,
          privileged,
          readOnlyRootfs,
          sysctls,
          noNewPrivileges,
          seccompUnconfined,
          seccompProfile,
          openSystemPaths,
          modules);
    }

    public Security withSeccompProfile(Optional<String> seccompProfile) {
      return new Security(
          capAdd,
          capDrop,
          privileged,
          readOnlyRootfs,
          sysctls,
          noNewPrivileges,
          seccompUnconfined,
          seccompProfile,
          openSystemPaths,
          modules);
    }

    public Security withSysctls(Map<String, String> sysctls) {
      return new Security(
          capAdd,
          capDrop,
          privileged,
          readOnlyRootfs,
          sysctls,
          noNewPrivileges,
          seccompUnconfined,
          seccompProfile,
          openSystemPaths,
          modules);
    }
  }

  /// Each is `private`, `host` or `container:ID`; `ipc` also `shareable` (as `private`) and `none`
  /// (without /dev/shm), `cgroup` and `uts` not `container:ID`.
  public record Namespaces(String pid, String ipc, String uts, String cgroup) {
    public static final Namespaces PRIVATE =
        new Namespaces("private", "private", "private", "private");
  }

  /// @param driver `json-file`, `local` (the same) or `none`
  /// @param options `max-size` (`10m`, `-1` without limit), `max-file`, `compress`; `labels`,
  ///   `env`, with `-regex` too, and `tag`: what each line says about the container
  public record LogConfig(String driver, Map<String, String> options) {
    public static final LogConfig JSON_FILE = new LogConfig("json-file", Map.of());

    public LogConfig {
      options = Map.copyOf(options);
    }
  }
}
