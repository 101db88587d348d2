package dev.davit.compose;

import java.util.List;
import java.util.Map;

/// What keeps a container in its place, and what loosens it.
///
/// @param capAdd names as written, in upper case without `CAP_`; `ALL`
/// @param seccomp whether the default system call filter applies
public record Isolation(
    boolean privileged,
    boolean readOnly,
    List<String> capAdd,
    List<String> capDrop,
    boolean noNewPrivileges,
    boolean seccomp,
    Map<String, String> sysctls,
    NamespaceMode ipc,
    NamespaceMode pid,
    NamespaceMode uts,
    NamespaceMode cgroup) {}
