package dev.davit.compose;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What keeps a container in its place, and what loosens it.
///
/// @param capAdd names as written, in upper case without `CAP_`; `ALL`
/// @param seccomp whether a system call filter applies
/// @param seccompProfile file with the filter in place of the default one, as written
/// @param apparmorProfile name of an AppArmor profile
/// @param selinuxLabels parts of an SELinux context: `user`, `role`, `type`, `level`
/// @param openSystemPaths whether the container sees what of /proc and /sys tells of the machine
public record Isolation(
    boolean privileged,
    boolean readOnly,
    List<String> capAdd,
    List<String> capDrop,
    boolean noNewPrivileges,
    boolean seccomp,
    Optional<String> seccompProfile,
    Optional<String> apparmorProfile,
    Map<String, String> selinuxLabels,
    boolean openSystemPaths,
    Map<String, String> sysctls,
    NamespaceMode ipc,
    NamespaceMode pid,
    NamespaceMode uts,
    NamespaceMode cgroup) {}
