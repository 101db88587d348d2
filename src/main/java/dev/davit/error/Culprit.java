package dev.davit.error;

/// What of a container's, network's or volume's configuration a failure is about, so that whoever
/// knows where that was written can point there.
///
/// @param value which one of several: a mount's target, a limit's name; empty where there is one
public record Culprit(Part part, String value) {
  public enum Part {
    IMAGE,
    /// What to execute.
    COMMAND,
    WORKING_DIRECTORY,
    USER,
    /// One of the additional groups.
    GROUP,
    /// The value is the target in the container.
    MOUNT,
    /// The value is `IP:PORT[-PORT]/PROTOCOL` of the host, without `IP` for all its addresses.
    PORT,
    /// A network that a container is on, or its address there; the value is the network's name.
    NETWORK,
    /// The value is the name of a component of the cgroup limits, `memory`.
    LIMIT,
    /// The value is a name of getrlimit(2) in lower case, `nofile`.
    ULIMIT,
    CAPABILITY,
    SYSCTL,
    /// What a process tells a security module of the kernel; the value is that text.
    CONFINEMENT,
    /// The value is the list and the index in it, `post_start[0]`.
    HOOK,
    /// The value is the path in the container.
    DEVICE,
    /// A network's addresses.
    SUBNET,
    DRIVER
  }

  public static Culprit of(Part part) {
    return new Culprit(part, "");
  }
}
