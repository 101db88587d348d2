package dev.davit.runtime;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// A container for tests, one wish after the other.
final class Wanted {
  private static final List<String> ENV = List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin");

  private final String path;
  private final List<String> args;
  private String cwd = "/";
  private int uid;
  private Set<Capability> capabilities = Capability.defaults();
  private boolean noNewPrivileges;
  private Seccomp seccomp = Seccomp.DEFAULT;
  private List<ExecAttribute> told = List.of();
  private OptionalInt oomScoreAdj = OptionalInt.empty();
  private Namespaces namespaces = Namespaces.own();
  private List<MountSpec> mounts = List.of();
  private boolean readOnly;
  private boolean open;
  private boolean init;
  private Map<String, String> sysctls = Map.of();

  private Wanted(String path, List<String> args) {
    this.path = path;
    this.args = args;
  }

  static Wanted script(String script) {
    return new Wanted("/bin/sh", List.of("sh", "-c", script));
  }

  static Wanted program(String path) {
    return new Wanted(path, List.of(path));
  }

  Wanted cwd(String directory) {
    cwd = directory;
    return this;
  }

  Wanted user(int id) {
    uid = id;
    return this;
  }

  Wanted capabilities(Set<Capability> set) {
    capabilities = set;
    return this;
  }

  Wanted adding(Capability capability) {
    var more = EnumSet.copyOf(capabilities);
    more.add(capability);
    return capabilities(more);
  }

  Wanted noNewPrivileges() {
    noNewPrivileges = true;
    return this;
  }

  Wanted seccomp(Seccomp filter) {
    seccomp = filter;
    return this;
  }

  Wanted told(ExecAttribute attribute) {
    told = List.of(attribute);
    return this;
  }

  Wanted oomScoreAdj(int score) {
    oomScoreAdj = OptionalInt.of(score);
    return this;
  }

  Wanted namespaces(Namespaces others) {
    namespaces = others;
    return this;
  }

  Wanted mount(MountSpec mount) {
    mounts = new ArrayList<>(mounts);
    mounts.add(mount);
    return this;
  }

  Wanted readOnly() {
    readOnly = true;
    return this;
  }

  /// As privileged containers have it: nothing masked, /sys for writing.
  Wanted open() {
    open = true;
    return this;
  }

  Wanted init() {
    init = true;
    return this;
  }

  Wanted sysctl(String name, String value) {
    sysctls = Map.of(name, value);
    return this;
  }

  ProcessSpec process() {
    return new ProcessSpec(
        path,
        args,
        ENV,
        cwd,
        uid,
        uid,
        List.of(),
        capabilities,
        List.of(),
        noNewPrivileges,
        seccomp,
        told,
        oomScoreAdj);
  }

  ContainerSpec container() {
    return new ContainerSpec(
        "test",
        process(),
        namespaces,
        "test",
        "",
        mounts,
        List.of(),
        readOnly,
        open ? List.of() : ContainerSpec.defaultMaskedPaths(),
        open ? List.of() : ContainerSpec.defaultReadonlyPaths(),
        sysctls,
        ContainerSpec.DEFAULT_SHM_SIZE,
        init,
        open);
  }
}
