package dev.davit.runtime;

import static dev.davit.linux.CloneFlag.*;
import static dev.davit.linux.MountFlag.*;
import static dev.davit.program.Calls.*;

import dev.davit.linux.CloneFlag;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.MountFlag;
import dev.davit.linux.NewMount;
import dev.davit.program.Arg;
import dev.davit.program.Clone;
import dev.davit.program.Program;
import dev.davit.program.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a container start asks of the kernel, top to bottom. Read this page to know what a
/// container is.
///
/// Every place in the image is resolved once, below the root, without following symbolic links
/// where the kernel's own file systems go, and used by descriptor from there on.
final class StartProgram {
  private static final Errno[] NOT_THERE = {Errno.ENOENT, Errno.ENOTDIR};

  private final ContainerSpec spec;
  private final Opened opened;

  private StartProgram(ContainerSpec spec, Opened opened) {
    this.spec = spec;
    this.opened = opened;
  }

  /// The program of a child that becomes the container's first process.
  static Program of(ContainerSpec spec, Opened opened) {
    var start = new StartProgram(spec, opened);
    return new Program(start.child(), start.steps());
  }

  private List<Step> steps() {
    return Stream.of(
            joinCgroup(),
            ProcessSteps.confine(spec.process()),
            joinNamespaces(),
            loopback(),
            names(),
            privateMounts(),
            rootfs(),
            processes(),
            devices(),
            hardware(),
            cgroups(),
            mounts(),
            sysctls(),
            maskedPaths(),
            readonlyPaths(),
            newRoot(),
            session(),
            ProcessSteps.become(spec.process(), opened.stdio(), keptTerminal(), init()))
        .flatMap(List::stream)
        .toList();
  }

  private Clone child() {
    var namespaces = EnumSet.of(NEWNS);
    var wanted = spec.namespaces();
    own(wanted.pid(), NEWPID, namespaces);
    own(wanted.ipc(), NEWIPC, namespaces);
    own(wanted.uts(), NEWUTS, namespaces);
    own(wanted.net(), NEWNET, namespaces);
    return new Clone(namespaces, opened.entry().directory());
  }

  private static void own(Namespace namespace, CloneFlag flag, Set<CloneFlag> flags) {
    if (namespace instanceof Namespace.Own) {
      flags.add(flag);
    }
  }

  private List<Step> joinCgroup() {
    var steps = new ArrayList<>(ProcessSteps.join(opened.entry()));
    if (spec.namespaces().cgroup() instanceof Namespace.Own) {
      // cgroup_namespaces(7): its root is the cgroup of the moment, hence not a flag of clone3.
      steps.add(unshare(NEWCGROUP).because("its own cgroup looks like the root"));
    }
    return steps;
  }

  private List<Step> joinNamespaces() {
    var steps = new ArrayList<Step>();
    var types = new LinkedHashMap<String, CloneFlag>();
    types.put("net", NEWNET);
    types.put("ipc", NEWIPC);
    types.put("uts", NEWUTS);
    types.forEach(
        (name, type) ->
            Optional.ofNullable(opened.namespaces().get(name))
                .ifPresent(fd -> steps.add(setns(fd, type).because("shared on purpose"))));
    return steps;
  }

  private List<Step> loopback() {
    if (!(spec.namespaces().net() instanceof Namespace.Own)) {
      return List.of();
    }
    return List.of(
        datagramSocket().because("a way to the interfaces"),
        interfaceUp("lo").because("programs talk to themselves"));
  }

  private List<Step> names() {
    var steps = new ArrayList<Step>();
    if (spec.namespaces().uts() instanceof Namespace.Own) {
      if (!spec.hostname().isEmpty()) {
        steps.add(sethostname(spec.hostname()).because("programs ask for their host's name"));
      }
      if (!spec.domainname().isEmpty()) {
        steps.add(setdomainname(spec.domainname()).because("its file asks for it"));
      }
    }
    return steps;
  }

  private static List<Step> privateMounts() {
    return List.of(
        umask(0).because("modes below mean what they say"),
        change("/", REC, PRIVATE).because("no mount of the container reaches the host"));
  }

  private List<Step> rootfs() {
    var steps = new ArrayList<Step>();
    opened
        .held()
        .ifPresent(
            held -> {
              // Below the root file system: it goes from sight with the host's files.
              steps.add(moveMount(held, opened.staging()).because("what is held in memory for it"));
              steps.add(
                  change(opened.staging(), BIND, REMOUNT, RDONLY, NOSUID, NODEV)
                      .because("each file in it is to be read only"));
            });
    for (MountSpec mount : spec.mounts()) {
      if (mount instanceof MountSpec.Made made) {
        steps.add(moveMount(made.mount(), opened.staging()).because(made.name()));
        if (made.readOnly()) {
          steps.add(change(opened.staging(), BIND, REMOUNT, RDONLY).because("read-only"));
        }
      }
    }
    steps.add(
        moveMount(opened.rootfs(), opened.staging()).because("the image, seen by nobody else"));
    steps.add(fchdir(opened.rootfs()).because("places below are relative to it"));
    return steps;
  }

  private List<Step> processes() {
    return newFilesystem("proc", "proc", "", NOSUID, NODEV, NOEXEC)
        .because("processes of this container only");
  }

  private List<Step> devices() {
    var steps = new ArrayList<Step>();
    steps.addAll(
        newFilesystem("dev", "tmpfs", "mode=755,size=64k", NOSUID, STRICTATIME)
            .because("a /dev of its own"));
    steps.addAll(enter("dev", "the new file system, not what it covers"));
    steps.addAll(DevSteps.nodes(spec.devices()));
    steps.addAll(DevSteps.filesystems(spec.shmSize(), opened.terminal()));
    steps.addAll(Nesting.places("/dev", spec.mounts(), opened.trees()));
    steps.add(fchdir(opened.rootfs()).because("back"));
    return steps;
  }

  private List<Step> hardware() {
    var flags = new ArrayList<>(List.of(NOSUID, NODEV, NOEXEC));
    if (!spec.writableSys()) {
      flags.addFirst(RDONLY);
    }
    return newFilesystem("sys", "sysfs", "", flags.toArray(MountFlag[]::new))
        .because("programs look for hardware here");
  }

  private List<Step> cgroups() {
    if (!(spec.namespaces().cgroup() instanceof Namespace.Own)) {
      return List.of();
    }
    var flags = new ArrayList<>(List.of(NOSUID, NODEV, NOEXEC));
    if (!spec.writableSys()) {
      flags.addFirst(RDONLY);
    }
    MountFlag[] array = flags.toArray(MountFlag[]::new);
    if (opened.cgroup2()) {
      return newFilesystem("sys/fs/cgroup", "cgroup2", "", array)
          .because("programs look for their limits here");
    }
    return CgroupSteps.version1(opened.cgroup1(), array);
  }

  private List<Step> mounts() {
    var steps = new ArrayList<Step>();
    var trees = opened.trees().iterator();
    int held = 0;
    for (MountSpec mount : spec.mounts()) {
      Step place = in(mount.destination()).because("where the file wants it, inside the root");
      switch (mount) {
        case MountSpec.Bind bind -> {
          steps.add(place);
          steps.addAll(bindSteps(bind, trees.next().fd()));
        }
        case MountSpec.Tmpfs tmpfs -> {
          steps.add(place);
          steps.addAll(tmpfsSteps(tmpfs));
        }
        case MountSpec.Made made -> {
          String within = made.within().isEmpty() ? "." : made.within();
          steps.add(openPlaceIn(made.mount(), within).because("no link leads out of it"));
          steps.add(openTreeOfResult().because("as a mount of its own"));
          steps.add(place);
          steps.add(moveResultOntoResult().because(made.name()));
        }
        case MountSpec.Held file -> {
          steps.add(
              openTree(opened.held().orElseThrow(), Integer.toString(held++))
                  .because(file.name() + ", in memory only"));
          steps.add(place);
          steps.add(moveResultOntoResult().because("gone with the container"));
        }
      }
      steps.add(fchdir(opened.rootfs()).because("back"));
    }
    return steps;
  }

  private List<Step> bindSteps(MountSpec.Bind bind, Fd tree) {
    var steps = new ArrayList<Step>();
    steps.add(moveMountOntoResult(tree).because(bind.source() + " of the host"));
    if (opened.mountSetattr()) {
      var readOnly = new Arg.Flags(NewMount.ATTR_RDONLY, "MOUNT_ATTR_RDONLY");
      if (!bind.readOnly()) {
        var nothing = new Arg.Flags(0, "");
        steps.add(mountSetattr(tree, nothing, bind.propagation()).because("mounts pass as asked"));
      } else if (bind.below() == MountSpec.Below.WRITABLE) {
        var nothing = new Arg.Flags(0, "");
        steps.add(mountSetattr(tree, nothing, bind.propagation()).because("mounts pass as asked"));
        steps.add(mountSetattr(tree, readOnly).because("and what is mounted below is not"));
      } else {
        steps.add(
            mountSetattr(tree, readOnly, bind.propagation()).because("and all below it read-only"));
      }
    } else {
      String place = tree.magicLink().toString();
      steps.add(change(place, REC, bind.propagation()).because("mounts pass as asked"));
      if (bind.readOnly()) {
        steps.add(change(place, BIND, REMOUNT, RDONLY).because("read-only"));
      }
    }
    return steps;
  }

  private List<Step> tmpfsSteps(MountSpec.Tmpfs tmpfs) {
    List<Step> places = Nesting.places(tmpfs.destination(), spec.mounts(), opened.trees());
    var flags = EnumSet.noneOf(MountFlag.class);
    flags.addAll(tmpfs.flags());
    boolean readOnly = flags.contains(RDONLY);
    if (!places.isEmpty()) {
      flags.remove(RDONLY);
    }
    var steps = new ArrayList<Step>();
    steps.add(fchdirToResult().because("mounted by descriptor, not by name"));
    steps.add(
        mount("tmpfs", ".", tmpfs.options(), flags.toArray(MountFlag[]::new))
            .because("in memory, gone with the container"));
    if (!places.isEmpty()) {
      steps.addAll(enter(tmpfs));
      steps.addAll(places);
      if (readOnly) {
        flags.addAll(List.of(BIND, REMOUNT, RDONLY));
        steps.add(change(".", flags.toArray(MountFlag[]::new)).because("read-only"));
      }
    }
    return steps;
  }

  private List<Step> enter(MountSpec mount) {
    return List.of(
        fchdir(opened.rootfs()).because("back"),
        in(mount.destination()).because("the new file system, not what it covers"),
        fchdirToResult().because("by descriptor"));
  }

  private List<Step> sysctls() {
    var steps = new ArrayList<Step>();
    new TreeMap<>(spec.sysctls())
        .forEach(
            (name, value) -> {
              String file = "proc/sys/" + name.replace('.', '/');
              steps.add(openForWriting(file).because("while /proc/sys can be written"));
              steps.add(writeToResult(value).because("its file asks for it"));
            });
    return steps;
  }

  private List<Step> maskedPaths() {
    var steps = new ArrayList<Step>();
    String empty = "";
    for (Masked masked : opened.masked()) {
      String place = relative(masked.path());
      if (!masked.directory()) {
        steps.add(hide("dev/null", place));
      } else if (empty.isEmpty()) {
        empty = place;
        steps.add(
            mount("tmpfs", place, "size=0,nr_inodes=1", RDONLY)
                .tolerating(NOT_THERE)
                .because("tells of the host"));
      } else {
        // One empty file system is enough: each costs when it goes.
        steps.add(hide(empty, place));
      }
    }
    return steps;
  }

  private static Step hide(String under, String place) {
    return bind(under, place).tolerating(NOT_THERE).because("tells of the host");
  }

  private List<Step> readonlyPaths() {
    var steps = new ArrayList<Step>();
    for (String path : spec.readonlyPaths()) {
      String place = relative(path);
      steps.add(bind(place, place).tolerating(NOT_THERE).because("a mount, to have flags"));
      steps.add(
          change(place, BIND, REMOUNT, RDONLY, NOSUID, NODEV, NOEXEC)
              .tolerating(Errno.ENOENT, Errno.ENOTDIR, Errno.EINVAL)
              .because("writing here would change the host"));
    }
    return steps;
  }

  private List<Step> newRoot() {
    var steps = new ArrayList<Step>();
    // pivot_root(2), notes: with "." twice the old root lies on top of the new one.
    steps.add(pivotRoot(".", ".").because("the image becomes /"));
    steps.add(detach(".").because("the host's files are gone"));
    if (spec.readonlyRootfs()) {
      steps.add(change("/", BIND, REMOUNT, RDONLY).because("its file asks for it"));
    }
    steps.add(chdir("/").because("no place outside is left"));
    return steps;
  }

  private List<Step> session() {
    var steps = new ArrayList<Step>();
    steps.add(setsid().because("no terminal of the engine reaches it"));
    if (opened.terminal().isPresent()) {
      steps.add(dup(opened.stdio().getFirst(), 0).because("its terminal"));
      steps.add(controllingTerminal().because("Ctrl-C and job control"));
    }
    return steps;
  }

  private Optional<Fd> keptTerminal() {
    return opened.terminal().map(Pty::master);
  }

  private Optional<Fd> init() {
    return spec.init() || opened.terminal().isPresent()
        ? Optional.of(opened.init())
        : Optional.empty();
  }

  /// A file system of the kernel's own kind at a place in the image.
  private Why newFilesystem(String place, String type, String data, MountFlag... flags) {
    var steps = new ArrayList<>(enter(place, "a directory, no link to elsewhere"));
    steps.add(mount(type, ".", data, flags));
    steps.add(fchdir(opened.rootfs()).because("back"));
    return reason ->
        steps.stream().map(step -> step.why().isEmpty() ? step.because(reason) : step).toList();
  }

  /// Steps that lack the reason of the one that matters.
  private interface Why {
    List<Step> because(String reason);
  }

  private static List<Step> enter(String place, String why) {
    return List.of(openPlace(place).because(why), fchdirToResult().because("by descriptor"));
  }

  private static Step in(String destination) {
    return openPlaceFollowing(destination);
  }

  private static String relative(String path) {
    return path.substring(1);
  }

  /// The types of namespaces that a program joins by descriptor.
  static Map<String, Namespace> joinable(Namespaces namespaces) {
    return Map.of("net", namespaces.net(), "ipc", namespaces.ipc(), "uts", namespaces.uts());
  }
}
