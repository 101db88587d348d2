package dev.davit.engine;

import dev.davit.engine.ContainerConfig.Security;
import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.UserIds;
import dev.davit.runtime.Capability;
import dev.davit.runtime.ContainerSpec;
import dev.davit.runtime.Device;
import dev.davit.runtime.MountSpec;
import dev.davit.runtime.Namespaces;
import dev.davit.runtime.ProcessSpec;
import dev.davit.runtime.Rlimit;
import dev.davit.runtime.Seccomp;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// What a container's configuration means in the runtime's words; pure.
final class Specs {
  private static final String ALL = "ALL";

  private Specs() {}

  /// What was found out about a container before its specification is made.
  ///
  /// @param program absolute path in the container
  record Findings(
      String program,
      Arguments arguments,
      UserIds user,
      Namespaces namespaces,
      String hostname,
      List<MountSpec> mounts,
      List<Device> devices) {}

  static ContainerSpec container(ContainerConfig config, Findings found) {
    Security security = config.security();
    boolean free = security.privileged();
    boolean open = free || security.openSystemPaths();
    return new ContainerSpec(
        config.name(),
        process(config, found.program(), found.arguments(), found.user()),
        found.namespaces(),
        found.hostname(),
        config.network().domainname().orElse(""),
        found.mounts(),
        found.devices(),
        security.readOnlyRootfs(),
        open ? List.of() : ContainerSpec.defaultMaskedPaths(),
        open ? List.of() : ContainerSpec.defaultReadonlyPaths(),
        sysctls(config),
        shmSize(config),
        config.command().init(),
        free);
  }

  // 0 where it is another's, or where there is to be none.
  private static long shmSize(ContainerConfig config) {
    return switch (config.namespaces().ipc()) {
      case "private", "shareable", "" -> config.resources().shmSize();
      default -> 0;
    };
  }

  // As docker: any user may listen on every port and ping, in a network namespace of its own.
  private static Map<String, String> sysctls(ContainerConfig config) {
    var sysctls = new HashMap<String, String>();
    if (config.network().mode() == Networking.Mode.NETWORKS
        || config.network().mode() == Networking.Mode.NONE) {
      sysctls.put("net.ipv4.ip_unprivileged_port_start", "0");
      sysctls.put("net.ipv4.ping_group_range", "0 2147483647");
    }
    Sysctls.check(config);
    sysctls.putAll(config.security().sysctls());
    return sysctls;
  }

  /// A process of that container, its first or another one.
  static ProcessSpec process(
      ContainerConfig config, String program, Arguments arguments, UserIds user) {
    Security security = config.security();
    int score = config.resources().oomScoreAdj();
    return new ProcessSpec(
        program,
        arguments.argv(),
        Arguments.withDefault(arguments.env(), "HOME", user.home()),
        arguments.cwd(),
        user.uid(),
        user.gid(),
        user.groups(),
        capabilities(security, Capability.held()),
        rlimits(config),
        security.noNewPrivileges(),
        seccomp(security),
        SecurityModules.found().attributes(security.modules()),
        score == 0 ? OptionalInt.empty() : OptionalInt.of(score));
  }

  private static Seccomp seccomp(Security security) {
    if (security.seccompUnconfined()) {
      return Seccomp.UNCONFINED;
    }
    return security
        .seccompProfile()
        .<Seccomp>map(text -> new Seccomp.Own(SeccompProfiles.parse(text)))
        .orElse(security.privileged() ? Seccomp.UNCONFINED : Seccomp.DEFAULT);
  }

  /// Docker's rules: the default set, what is added, less what is dropped; `ALL` in either.
  ///
  /// @param held what the engine itself has: "all" can be no more
  static Set<Capability> capabilities(Security security, Set<Capability> held) {
    Set<Capability> set = EnumSet.noneOf(Capability.class);
    if (security.privileged() || contains(security.capAdd(), ALL)) {
      set.addAll(held);
    } else if (!contains(security.capDrop(), ALL)) {
      set.addAll(Capability.defaults());
    }
    if (!security.privileged()) {
      named(security.capAdd()).forEach(set::add);
      named(security.capDrop()).forEach(set::remove);
    }
    return set;
  }

  private static boolean contains(List<String> names, String wanted) {
    return names.stream().anyMatch(wanted::equalsIgnoreCase);
  }

  private static List<Capability> named(List<String> names) {
    return names.stream()
        .filter(name -> !name.equalsIgnoreCase(ALL))
        .map(
            name ->
                Capability.parse(name)
                    .orElseThrow(
                        () ->
                            new DavitException(
                                    Kind.INVALID,
                                    "capability \"%s\" does not exist".formatted(name),
                                    "write a name of capabilities(7), as NET_ADMIN")
                                .about(new Culprit(Part.CAPABILITY, name))))
        .toList();
  }

  static List<Rlimit> rlimits(ContainerConfig config) {
    return new TreeMap<>(config.resources().ulimits())
        .entrySet().stream()
            .map(
                entry -> {
                  if (!Rlimit.exists(entry.getKey())) {
                    throw new DavitException(
                            Kind.INVALID,
                            "ulimit \"%s\" does not exist".formatted(entry.getKey()),
                            "write a name as nofile")
                        .about(new Culprit(Part.ULIMIT, entry.getKey()));
                  }
                  return new Rlimit(
                      entry.getKey(), entry.getValue().soft(), entry.getValue().hard());
                })
            .toList();
  }
}
