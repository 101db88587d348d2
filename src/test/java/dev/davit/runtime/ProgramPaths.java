package dev.davit.runtime;

import dev.davit.linux.Syscall;
import dev.davit.program.Arg;
import dev.davit.program.Program;
import dev.davit.program.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a program resolves by name, and where the child stands when it does. A name may be resolved
/// only where nothing of an image, a volume or a user can be: in the host's own root before the
/// program has gone elsewhere, in a file system that was made a moment ago, or by openat2(2) below
/// the root without magic links.
final class ProgramPaths {
  private enum Place {
    HOST,
    FRESH,
    IMAGE,
    OPENED,
    CONTAINER
  }

  private static final Set<String> WORKPLACES = Set.of("/proc", "/dev", "/sys");

  private final String staging;
  private final List<String> violations = new ArrayList<>();
  private Place place = Place.HOST;
  private boolean imageAttached;
  private boolean kernelsMoved;

  private ProgramPaths(String staging) {
    this.staging = staging;
  }

  /// The steps of `program` that break the rule, as strace would print them; none if all keep it.
  static List<String> violations(Program program, String staging) {
    var paths = new ProgramPaths(staging);
    List<Step> steps = program.steps();
    int lastOpenat2 = -1;
    for (int i = 0; i < steps.size(); i++) {
      lastOpenat2 = steps.get(i).call() == Syscall.OPENAT2 ? i : lastOpenat2;
    }
    for (int i = 0; i < steps.size(); i++) {
      if (!paths.allowed(steps.get(i), i == lastOpenat2)) {
        paths.violations.add(steps.get(i).print(i + 1));
      }
      paths.follow(steps.get(i));
    }
    return paths.violations;
  }

  private boolean allowed(Step step, boolean last) {
    return switch (step.call()) {
      case OPENAT2 -> openat2(step, last);
      case OPENAT -> place == Place.HOST && text(step, 1).startsWith("/proc/self/");
      case MOUNT -> mount(step);
      case UMOUNT2, PIVOT_ROOT -> text(step, 0).equals(".");
      case CHDIR -> text(step, 0).equals("/") ? place == Place.IMAGE : workplace(text(step, 0));
      case MKDIRAT, MKNODAT, FCHOWNAT -> place == Place.FRESH && relative(text(step, 1));
      case SYMLINKAT -> place == Place.FRESH && relative(text(step, 2));
      case OPEN_TREE -> openTree(step);
      case MOVE_MOUNT -> moveMount(step);
      case EXECVE -> false;
      case EXECVEAT -> text(step, 1).isEmpty();
      default -> step.args().stream().noneMatch(Arg.Str.class::isInstance) || writes(step);
    };
  }

  // What is written, and names that are no paths.
  private static boolean writes(Step step) {
    return Set.of(Syscall.WRITE, Syscall.SETHOSTNAME, Syscall.SETDOMAINNAME, Syscall.MOUNT_SETATTR)
        .contains(step.call());
  }

  private boolean openat2(Step step, boolean last) {
    String how = ((Arg.Struct) step.args().get(2)).text();
    boolean here = !(step.args().getFirst() instanceof Arg.Handle);
    boolean confined =
        how.contains("RESOLVE_NO_MAGICLINKS")
            && (how.contains("RESOLVE_IN_ROOT") || how.contains("RESOLVE_BENEATH"));
    boolean follows = !how.contains("RESOLVE_NO_SYMLINKS");
    if (!confined) {
      return false;
    }
    if (how.contains("O_WRONLY")) {
      return place == Place.FRESH && !follows && how.contains("RESOLVE_NO_XDEV");
    }
    if (follows && here) {
      // Links lead to the kernel's own file systems as soon as those are there.
      return last ? place == Place.CONTAINER : place == Place.IMAGE && !kernelsMoved;
    }
    return !here || place == Place.IMAGE || place == Place.FRESH;
  }

  private boolean mount(Step step) {
    boolean bind = flags(step, 3).contains("MS_BIND") && !flags(step, 3).contains("MS_REMOUNT");
    String target = text(step, 1);
    if (bind) {
      return place == Place.FRESH && relative(text(step, 0)) && relative(target);
    }
    if (target.equals("/")) {
      return place == Place.HOST || place == Place.IMAGE; // propagation, read-only root
    }
    // proc(5): of the machine, while the child has its root.
    boolean byDescriptor = target.startsWith("/proc/self/fd/") && place != Place.CONTAINER;
    return byDescriptor || workplace(target) || (place == Place.FRESH && relative(target));
  }

  private boolean openTree(Step step) {
    String path = text(step, 1);
    boolean ofADescriptor = !(step.args().getFirst() instanceof Arg.Flags);
    return ofADescriptor ? !path.startsWith("/") && !path.contains("/") : workplace(path);
  }

  private boolean moveMount(Step step) {
    String target = text(step, 3);
    return text(step, 1).isEmpty()
        && (target.isEmpty()
            || target.equals(staging)
            || (place == Place.FRESH && relative(target)));
  }

  /// Directories of the engine, hidden from everybody, until the image is attached over them.
  private boolean workplace(String path) {
    if (path.equals(staging)) {
      return true;
    }
    return !imageAttached
        && path.startsWith(staging)
        && WORKPLACES.contains(path.substring(staging.length()));
  }

  private static boolean relative(String path) {
    return !path.startsWith("/") && !path.isEmpty() && !("/" + path + "/").contains("/../");
  }

  private void follow(Step step) {
    switch (step.call()) {
      case CHDIR -> place = text(step, 0).equals("/") ? Place.CONTAINER : Place.FRESH;
      case FCHDIR ->
          place = step.args().getFirst() instanceof Arg.Handle ? Place.IMAGE : Place.OPENED;
      case MOVE_MOUNT -> imageAttached |= step.args().getFirst().print(0).contains("<rootfs>");
      case OPENAT2 ->
          kernelsMoved |=
              ((Arg.Struct) step.args().get(2))
                  .text()
                  .contains(
                      "O_PATH|O_CLOEXEC, resolve=RESOLVE_IN_ROOT|RESOLVE_NO_SYMLINKS|RESOLVE_NO_MAGICLINKS|RESOLVE_NO_XDEV");
      case SETNS -> {
        if (flags(step, 1).contains("CLONE_NEWNS")) {
          place = Place.CONTAINER;
        }
      }
      default -> {}
    }
  }

  private static String text(Step step, int argument) {
    return step.args().get(argument) instanceof Arg.Str(String value) ? value : "";
  }

  private static String flags(Step step, int argument) {
    return step.args().get(argument) instanceof Arg.Flags(_, String names) ? names : "";
  }
}
