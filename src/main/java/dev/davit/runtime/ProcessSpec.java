package dev.davit.runtime;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// The process of a container, or one more in it.
///
/// @param path what execve(2) gets: absolute, inside the container
/// @param args argv, of which the first need not be `path`
/// @param env `NAME=value`
/// @param cwd absolute; it must exist
/// @param groups supplementary groups
/// @param capabilities bounding set; effective and permitted too for uid 0
/// @param confinement for the kernel's security modules; the kernel refuses what it does not know
/// @param oomScoreAdj -1000 to 1000, if it shall differ from the engine's
public record ProcessSpec(
    String path,
    List<String> args,
    List<String> env,
    String cwd,
    int uid,
    int gid,
    List<Integer> groups,
    Set<Capability> capabilities,
    List<Rlimit> rlimits,
    boolean noNewPrivileges,
    Seccomp seccomp,
    List<ExecAttribute> confinement,
    OptionalInt oomScoreAdj) {
  public ProcessSpec {
    args = List.copyOf(args);
    env = List.copyOf(env);
    groups = List.copyOf(groups);
    capabilities = Set.copyOf(capabilities);
    rlimits = List.copyOf(rlimits);
    confinement = List.copyOf(confinement);
  }

  /// Root in `/` with docker's default capabilities and seccomp filter.
  public static ProcessSpec of(String path, List<String> args, List<String> env) {
    return new ProcessSpec(
        path,
        args,
        env,
        "/",
        0,
        0,
        List.of(),
        Capability.defaults(),
        List.of(),
        false,
        Seccomp.DEFAULT,
        List.of(),
        OptionalInt.empty());
  }
}
