package dev.davit.reconcile;

import dev.davit.compose.Isolation;
import dev.davit.compose.NamespaceMode;
import dev.davit.compose.Project;
import dev.davit.engine.ContainerConfig.Namespaces;
import dev.davit.engine.ContainerConfig.Security;
import dev.davit.engine.LsmConfig;
import java.util.function.UnaryOperator;

/// `cap_add`, `cap_drop`, `privileged`, `read_only`, `security_opt`, `sysctls`, `pid`, `ipc`, `uts`
/// and `cgroup`.
final class IsolationMapping {
  private IsolationMapping() {}

  static Security security(Project project, Isolation isolation) {
    return new Security(
        isolation.capAdd(),
        isolation.capDrop(),
        isolation.privileged(),
        isolation.readOnly(),
        isolation.sysctls(),
        isolation.noNewPrivileges(),
        !isolation.seccomp(),
        isolation
            .seccompProfile()
            .map(path -> project.workingDirectory().resolve(path).normalize().toString()),
        isolation.openSystemPaths(),
        new LsmConfig(isolation.apparmorProfile(), isolation.selinuxLabels()));
  }

  static Namespaces namespaces(Isolation isolation, UnaryOperator<String> firstContainer) {
    return new Namespaces(
        word(isolation.pid(), firstContainer),
        isolation.ipc() instanceof NamespaceMode.None
            ? "none"
            : word(isolation.ipc(), firstContainer),
        word(isolation.uts(), firstContainer),
        word(isolation.cgroup(), firstContainer));
  }

  private static String word(NamespaceMode mode, UnaryOperator<String> firstContainer) {
    return switch (mode) {
      case NamespaceMode.Own _, NamespaceMode.None _, NamespaceMode.OnNetwork _ -> "private";
      case NamespaceMode.Host _ -> "host";
      case NamespaceMode.OfService(String service) -> "container:" + firstContainer.apply(service);
      case NamespaceMode.OfContainer(String container) -> "container:" + container;
    };
  }
}
