package dev.davit.runtime;

/// The namespaces of a container beside the mount namespace, which is always its own.
public record Namespaces(
    Namespace pid, Namespace ipc, Namespace uts, Namespace net, Namespace cgroup) {
  /// All its own.
  public static Namespaces own() {
    var own = new Namespace.Own();
    return new Namespaces(own, own, own, own, own);
  }

  public Namespaces withNet(Namespace net) {
    return new Namespaces(pid, ipc, uts, net, cgroup);
  }
}
