package dev.davit.runtime;

import static dev.davit.linux.CloneFlag.*;
import static dev.davit.linux.MountFlag.*;
import static dev.davit.program.Calls.*;

import dev.davit.linux.CloneFlag;
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
import java.util.function.Predicate;

/// What a container start asks of the kernel, top to bottom. Read this page to know what a
/// container is.
///
/// The kernel's own file systems are made, filled and hidden in part where neither the image nor a
/// mount can be seen, and then moved to their places as a whole. Every place in the image is
/// resolved once, below the root, without following symbolic links where the kernel's own file
/// systems go, and used by descriptor from there on: `ProgramPathsTest` holds every program to it.
final class StartProgram {
  private final ContainerSpec spec;
  private final Opened opened;
  private final Draft draft = new Draft();

  private StartProgram(ContainerSpec spec, Opened opened) {
    this.spec = spec;
    this.opened = opened;
  }

  /// The program of a child that becomes the container's first process.
  static Program of(ContainerSpec spec, Opened opened) {
    var start = new StartProgram(spec, opened);
    start.draw();
    return new Program(start.child(), start.draft.steps());
  }

  private void draw() {
    draft.addAll(joinCgroup());
    draft.addAll(ProcessSteps.beforehand(spec.process()));
    draft.addAll(joinNamespaces());
    draft.addAll(loopback());
    draft.addAll(names());
    draft.addAll(privateMounts());
    draft.addAll(workshop());
    // The kernel's file systems are whole before anything of the image can be seen.
    var kernels = new KernelSteps(spec, opened, draft);
    kernels.make();
    draft.addAll(made());
    draft.addAll(rootfs());
    mounts(mount -> !MountPoints.belowKernels(mount.destination()));
    kernels.move();
    mounts(mount -> MountPoints.belowKernels(mount.destination()));
    draft.addAll(newRoot());
    draft.addAll(session());
    draft.addAll(ProcessSteps.become(spec.process(), opened.stdio(), opened.trampoline()));
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

  /// Where everything is made, and what is held for this container; like all that is attached
  /// there, it goes from sight with the host's files.
  private List<Step> workshop() {
    return List.of(
        moveMount(opened.held(), opened.staging()).because("held in memory, and room to work"),
        change(opened.staging(), BIND, REMOUNT, RDONLY, NOSUID)
            .because("each file in it is to be read only"));
  }

  private List<Step> made() {
    var steps = new ArrayList<Step>();
    for (MountSpec mount : spec.mounts()) {
      if (mount instanceof MountSpec.Made made) {
        steps.add(moveMount(made.mount(), opened.staging()).because(made.name()));
        if (made.readOnly()) {
          steps.add(change(opened.staging(), BIND, REMOUNT, RDONLY).because("read-only"));
        }
      }
    }
    return steps;
  }

  private List<Step> rootfs() {
    return List.of(
        moveMount(opened.rootfs(), opened.staging()).because("the image, seen by nobody else"),
        fchdir(opened.rootfs()).because("places below are relative to it"));
  }

  /// Mounts those of the specification that are `wanted`. A place among the kernel's own file
  /// systems has no link in it, any other may: it is opened while those are not there yet.
  private void mounts(Predicate<MountSpec> wanted) {
    var trees = opened.trees().iterator();
    int held = 0;
    for (MountSpec mount : spec.mounts()) {
      Optional<Fd> tree =
          mount instanceof MountSpec.Bind ? Optional.of(trees.next().fd()) : Optional.empty();
      int number = mount instanceof MountSpec.Held ? held++ : -1;
      if (wanted.test(mount)) {
        int place = draft.add(place(mount).because("where the file wants it, inside the root"));
        attach(mount, place, tree, number);
        draft.add(fchdir(opened.rootfs()).because("back"));
        draft.addAll(KernelSteps.maskedBy(mount, opened));
      }
    }
  }

  private static Step place(MountSpec mount) {
    return MountPoints.belowKernels(mount.destination())
        ? openPlace(mount.destination())
        : openPlaceFollowing(mount.destination());
  }

  private void attach(MountSpec mount, int place, Optional<Fd> tree, int held) {
    switch (mount) {
      case MountSpec.Bind bind -> draft.addAll(bindSteps(bind, tree.orElseThrow()));
      case MountSpec.Tmpfs tmpfs -> {
        draft.addAll(tmpfsSteps(tmpfs));
        draft.add(openMount(opened.staging()).because("whole"));
        draft.add(
            moveResultOnto(draft.resultOf(place)).because("in memory, gone with the container"));
      }
      case MountSpec.Made made -> {
        String within = made.within().isEmpty() ? "." : made.within();
        draft.add(openPlaceIn(made.mount(), within).because("no link leads out of it"));
        draft.add(openTreeOfResult().because("as a mount of its own"));
        draft.add(moveResultOnto(draft.resultOf(place)).because(made.name()));
      }
      case MountSpec.Held file -> {
        draft.add(
            openTree(opened.held(), Integer.toString(held))
                .because(file.name() + ", in memory only"));
        draft.add(moveResultOnto(draft.resultOf(place)).because("gone with the container"));
      }
    }
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

  /// Makes the file system where nobody else sees it, with the places for what is mounted in it.
  private List<Step> tmpfsSteps(MountSpec.Tmpfs tmpfs) {
    List<Step> places = Nesting.places(tmpfs.destination(), spec.mounts(), opened.trees());
    var flags = EnumSet.noneOf(MountFlag.class);
    flags.addAll(tmpfs.flags());
    boolean readOnly = flags.contains(RDONLY);
    if (!places.isEmpty()) {
      flags.remove(RDONLY);
    }
    var steps = new ArrayList<Step>();
    steps.add(
        mount("tmpfs", opened.staging(), tmpfs.options(), flags.toArray(MountFlag[]::new))
            .because("made where nobody else is"));
    if (!places.isEmpty()) {
      steps.add(chdir(opened.staging()).because("names are safe in it"));
      steps.addAll(places);
      if (readOnly) {
        flags.addAll(List.of(BIND, REMOUNT, RDONLY));
        steps.add(change(".", flags.toArray(MountFlag[]::new)).because("read-only"));
      }
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

  /// The types of namespaces that a program joins by descriptor.
  static Map<String, Namespace> joinable(Namespaces namespaces) {
    return Map.of("net", namespaces.net(), "ipc", namespaces.ipc(), "uts", namespaces.uts());
  }
}
