package dev.davit.engine;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Set;

/// Which kernel parameters a container may set: those that its own namespaces have a copy of. The
/// others are the machine's.
final class Sysctls {
  // ipc_namespaces(7)
  private static final Set<String> IPC =
      Set.of(
          "kernel.msgmax",
          "kernel.msgmnb",
          "kernel.msgmni",
          "kernel.sem",
          "kernel.shmall",
          "kernel.shmmax",
          "kernel.shmmni",
          "kernel.shm_rmid_forced");

  private Sysctls() {}

  /// INVALID for one of `config` that is the machine's or no name at all.
  static void check(ContainerConfig config) {
    for (String name : config.security().sysctls().keySet()) {
      String dotted = name.replace('/', '.');
      // The name becomes a path.
      if (!dotted.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_@:-]+)+")) {
        throw refused(name, "is no name of one", "write it as sysctl(8) does: net.core.somaxconn");
      }
      check(config, name, dotted);
    }
  }

  private static void check(ContainerConfig config, String name, String dotted) {
    ContainerConfig.Namespaces namespaces = config.namespaces();
    boolean host;
    if (dotted.startsWith("net.")) {
      host = config.network().mode() == Networking.Mode.HOST;
    } else if (IPC.contains(dotted) || dotted.startsWith("fs.mqueue.")) {
      host = namespaces.ipc().equals("host");
    } else if (dotted.equals("kernel.domainname")) {
      host = namespaces.uts().equals("host");
    } else {
      throw refused(
          name, "is the machine's, no container has its own", "set it with sysctl(8) there");
    }
    if (host) {
      throw refused(
          name,
          "is the machine's, as the container shares that namespace with it",
          "set it with sysctl(8) there, or give the container a namespace of its own");
    }
  }

  private static DavitException refused(String name, String why, String action) {
    return new DavitException(Kind.INVALID, "sysctl \"%s\" %s".formatted(name, why), action)
        .about(new Culprit(Part.SYSCTL, name));
  }
}
