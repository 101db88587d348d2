package dev.davit.program;

import static java.util.stream.Collectors.joining;

import dev.davit.linux.CloneFlag;
import dev.davit.linux.Fd;
import dev.davit.linux.MountFlag;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The system calls a program may hold, named as their man pages name them. Paths are relative to
/// the child's current directory unless they begin with a slash.
public final class Calls {
  /// The directory argument that stands for the current directory.
  private static final Arg HERE = new Arg.Flags(Fd.AT_FDCWD, "AT_FDCWD");

  private static final Arg NULL = new Arg.Null();
  private static final Arg EMPTY = new Arg.Str("");
  private static final int CAPABILITY_VERSION_3 = 0x20080522;

  private Calls() {}

  /// mount(2) of a new file system of `type` at `target`.
  public static Step mount(String type, String target, String data, MountFlag... flags) {
    return Step.of(Syscall.MOUNT, str(type), str(target), str(type), flags(flags), data(data));
  }

  /// mount(2) with MS_BIND.
  public static Step bind(String source, String target) {
    return Step.of(
        Syscall.MOUNT, str(source), str(target), NULL, flags(MountFlag.BIND, MountFlag.REC), NULL);
  }

  /// mount(2) that changes the flags of the mount at `target`: propagation, or BIND|REMOUNT.
  public static Step change(String target, MountFlag... flags) {
    return Step.of(Syscall.MOUNT, NULL, str(target), NULL, flags(flags), NULL);
  }

  /// umount2(2) with MNT_DETACH.
  public static Step detach(String target) {
    return Step.of(Syscall.UMOUNT2, str(target), new Arg.Flags(2, "MNT_DETACH"));
  }

  /// pivot_root(2).
  public static Step pivotRoot(String newRoot, String putOld) {
    return Step.of(Syscall.PIVOT_ROOT, str(newRoot), str(putOld));
  }

  /// move_mount(2) of a detached mount to `target`, a path.
  public static Step moveMount(Fd mount, String target) {
    Arg flags = new Arg.Flags(4, "MOVE_MOUNT_F_EMPTY_PATH");
    return Step.of(Syscall.MOVE_MOUNT, fd(mount), EMPTY, HERE, str(target), flags);
  }

  /// move_mount(2) of a detached mount onto the file that the step before opened.
  public static Step moveMountOntoResult(Fd mount) {
    Arg flags = new Arg.Flags(0x44, "MOVE_MOUNT_F_EMPTY_PATH|MOVE_MOUNT_T_EMPTY_PATH");
    return Step.of(Syscall.MOVE_MOUNT, fd(mount), EMPTY, new Arg.Result(1), EMPTY, flags);
  }

  /// openat2(2) of a place below `directory`, following symbolic links that stay below it.
  public static Step openPlaceIn(Fd directory, String path) {
    long resolve = Open.RESOLVE_IN_ROOT | Open.RESOLVE_NO_MAGICLINKS;
    return openat2(fd(directory), path, resolve, "RESOLVE_IN_ROOT|RESOLVE_NO_MAGICLINKS");
  }

  /// open_tree(2) of the mount at `path` itself, no copy: to be moved later.
  public static Step openMount(String path) {
    Arg flags = new Arg.Flags(Open.CLOEXEC, "OPEN_TREE_CLOEXEC");
    return Step.of(Syscall.OPEN_TREE, HERE, str(path), flags);
  }

  /// move_mount(2) of what an earlier step opened onto what the step before opened.
  public static Step moveOntoResult(Arg.Result mount) {
    Arg flags = new Arg.Flags(0x44, "MOVE_MOUNT_F_EMPTY_PATH|MOVE_MOUNT_T_EMPTY_PATH");
    return Step.of(Syscall.MOVE_MOUNT, mount, EMPTY, new Arg.Result(1), EMPTY, flags);
  }

  /// move_mount(2) of what the step before opened onto what an earlier step opened.
  public static Step moveResultOnto(Arg.Result place) {
    Arg flags = new Arg.Flags(0x44, "MOVE_MOUNT_F_EMPTY_PATH|MOVE_MOUNT_T_EMPTY_PATH");
    return Step.of(Syscall.MOVE_MOUNT, new Arg.Result(1), EMPTY, place, EMPTY, flags);
  }

  /// open_tree(2) of a copy of what the step before opened, as a mount of its own.
  public static Step openTreeOfResult() {
    Arg flags =
        new Arg.Flags(1 | Open.CLOEXEC | 0x1000, "OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC|AT_EMPTY_PATH");
    return Step.of(Syscall.OPEN_TREE, new Arg.Result(1), EMPTY, flags);
  }

  /// open_tree(2) of a copy of what `path` is below `directory`, as a mount of its own.
  public static Step openTree(Fd directory, String path) {
    Arg flags = new Arg.Flags(1 | Open.CLOEXEC, "OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC");
    return Step.of(Syscall.OPEN_TREE, fd(directory), str(path), flags);
  }

  /// move_mount(2) of what the step before the last opened onto what the last one opened.
  public static Step moveResultOntoResult() {
    Arg flags = new Arg.Flags(0x44, "MOVE_MOUNT_F_EMPTY_PATH|MOVE_MOUNT_T_EMPTY_PATH");
    return Step.of(Syscall.MOVE_MOUNT, new Arg.Result(2), EMPTY, new Arg.Result(1), EMPTY, flags);
  }

  /// mount_setattr(2) of the attached mount `mount` and what lies below it.
  ///
  /// @param set `MOUNT_ATTR_*` bits to set
  /// @param propagation one of MS_PRIVATE, MS_SLAVE, MS_SHARED
  public static Step mountSetattr(Fd mount, Arg.Flags set, MountFlag propagation) {
    Bytes attr = Bytes.ofLongs(set.bits(), 0, propagation.bit(), 0);
    String text =
        "{attr_set=" + (set.bits() == 0 ? "0" : set.names()) + ", propagation=MS_" + propagation;
    Arg flags = new Arg.Flags(0x9000, "AT_EMPTY_PATH|AT_RECURSIVE");
    return mountSetattr(mount, flags, attr, text + "}");
  }

  /// mount_setattr(2) of the attached mount `mount` alone.
  public static Step mountSetattr(Fd mount, Arg.Flags set) {
    Bytes attr = Bytes.ofLongs(set.bits(), 0, 0, 0);
    Arg flags = new Arg.Flags(0x1000, "AT_EMPTY_PATH");
    return mountSetattr(mount, flags, attr, "{attr_set=" + set.names() + "}");
  }

  private static Step mountSetattr(Fd mount, Arg flags, Bytes attr, String text) {
    return Step.of(
        Syscall.MOUNT_SETATTR, fd(mount), EMPTY, flags, new Arg.Struct(attr, text), num(32));
  }

  /// openat2(2) of a mount target, as a place only (O_PATH): no symbolic link is followed and
  /// nothing above the current directory is reached.
  public static Step openPlace(String path) {
    long resolve = Open.RESOLVE_IN_ROOT | Open.RESOLVE_NO_SYMLINKS | Open.RESOLVE_NO_MAGICLINKS;
    return openat2(
        HERE, path, resolve, "RESOLVE_IN_ROOT|RESOLVE_NO_SYMLINKS|RESOLVE_NO_MAGICLINKS");
  }

  /// openat2(2) of a place, following symbolic links that stay below the current directory.
  public static Step openPlaceFollowing(String path) {
    long resolve = Open.RESOLVE_IN_ROOT | Open.RESOLVE_NO_MAGICLINKS;
    return openat2(HERE, path, resolve, "RESOLVE_IN_ROOT|RESOLVE_NO_MAGICLINKS");
  }

  /// As [#openPlace], but of a place that nothing is mounted over.
  public static Step openBarePlace(String path) {
    long resolve =
        Open.RESOLVE_IN_ROOT
            | Open.RESOLVE_NO_SYMLINKS
            | Open.RESOLVE_NO_MAGICLINKS
            | Open.RESOLVE_NO_XDEV;
    return openat2(
        HERE,
        path,
        resolve,
        "RESOLVE_IN_ROOT|RESOLVE_NO_SYMLINKS|RESOLVE_NO_MAGICLINKS|RESOLVE_NO_XDEV");
  }

  private static Step openat2(Arg directory, String path, long resolve, String names) {
    Bytes how = Bytes.ofLongs(Open.PATH | Open.CLOEXEC, 0, resolve);
    Arg struct = new Arg.Struct(how, "{flags=O_PATH|O_CLOEXEC, resolve=" + names + "}");
    return Step.of(Syscall.OPENAT2, directory, str(path), struct, num(24));
  }

  /// openat2(2) for writing of a file in the file system where the child stands, and nowhere else:
  /// no link is followed, no mount crossed.
  public static Step openBelowForWriting(String path) {
    long resolve =
        Open.RESOLVE_BENEATH
            | Open.RESOLVE_NO_SYMLINKS
            | Open.RESOLVE_NO_MAGICLINKS
            | Open.RESOLVE_NO_XDEV;
    String names = "RESOLVE_BENEATH|RESOLVE_NO_SYMLINKS|RESOLVE_NO_MAGICLINKS|RESOLVE_NO_XDEV";
    Bytes how = Bytes.ofLongs(Open.WRONLY | Open.CLOEXEC, 0, resolve);
    Arg struct = new Arg.Struct(how, "{flags=O_WRONLY|O_CLOEXEC, resolve=" + names + "}");
    return Step.of(Syscall.OPENAT2, HERE, str(path), struct, num(24));
  }

  /// openat(2) for writing.
  public static Step openForWriting(String path) {
    Arg flags = new Arg.Flags(Open.WRONLY | Open.CLOEXEC, "O_WRONLY|O_CLOEXEC");
    return Step.of(Syscall.OPENAT, HERE, str(path), flags);
  }

  /// write(2) of `text` to what the step before opened.
  public static Step writeToResult(String text) {
    return Step.of(Syscall.WRITE, new Arg.Result(1), str(text), num(bytes(text)));
  }

  /// write(2).
  public static Step write(Fd fd, String text) {
    return Step.of(Syscall.WRITE, fd(fd), str(text), num(bytes(text)));
  }

  /// fchdir(2).
  public static Step fchdir(Fd directory) {
    return Step.of(Syscall.FCHDIR, fd(directory));
  }

  /// fchdir(2) to what the step before opened.
  public static Step fchdirToResult() {
    return Step.of(Syscall.FCHDIR, new Arg.Result(1));
  }

  /// chdir(2).
  public static Step chdir(String path) {
    return Step.of(Syscall.CHDIR, str(path));
  }

  /// mknodat(2) of a character device, mode 0666.
  public static Step mknod(String path, int major, int minor) {
    return mknod(path, false, major, minor, 0666);
  }

  /// mknodat(2) of a device.
  public static Step mknod(String path, boolean block, int major, int minor, int mode) {
    String type = block ? "S_IFBLK" : "S_IFCHR";
    Arg bits = new Arg.Flags((block ? 0x6000 : 0x2000) | mode, "%s|0%o".formatted(type, mode));
    // makedev(3): the minor's upper part lies above the major.
    long number = (minor & 0xff) | (long) major << 8 | (long) (minor & ~0xff) << 12;
    Arg device = new Arg.Flags(number, "makedev(" + major + ", " + minor + ")");
    return Step.of(Syscall.MKNODAT, HERE, str(path), bits, device);
  }

  /// mknodat(2) of an empty file, mode 0600.
  public static Step mkfile(String path) {
    Arg mode = new Arg.Flags(0x8000 | 0600, "S_IFREG|0600");
    return Step.of(Syscall.MKNODAT, HERE, str(path), mode, num(0));
  }

  /// fchownat(2), not following a symbolic link.
  public static Step chown(String path, int uid, int gid) {
    Arg flags = new Arg.Flags(0x100, "AT_SYMLINK_NOFOLLOW");
    return Step.of(Syscall.FCHOWNAT, HERE, str(path), num(uid), num(gid), flags);
  }

  /// mkdirat(2), mode 0755.
  public static Step mkdir(String path) {
    return Step.of(Syscall.MKDIRAT, HERE, str(path), new Arg.Flags(0755, "0755"));
  }

  /// symlinkat(2).
  public static Step symlink(String target, String path) {
    return Step.of(Syscall.SYMLINKAT, str(target), HERE, str(path));
  }

  /// umask(2).
  public static Step umask(int mask) {
    return Step.of(Syscall.UMASK, new Arg.Flags(mask, "0%o".formatted(mask)));
  }

  /// socket(2) of a kind that every network namespace has.
  public static Step datagramSocket() {
    Arg type = new Arg.Flags(2 | Open.CLOEXEC, "SOCK_DGRAM|SOCK_CLOEXEC");
    return Step.of(Syscall.SOCKET, new Arg.Flags(2, "AF_INET"), type, num(0));
  }

  /// ioctl(2) SIOCSIFFLAGS on the socket that the step before made: the interface goes up.
  public static Step interfaceUp(String name) {
    byte[] request = Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), 40);
    request[16] = 0x1; // struct ifreq, netdevice(7): the flags lie behind the name
    String text = "{ifr_name=\"" + name + "\", ifr_flags=IFF_UP}";
    return Step.of(
        Syscall.IOCTL,
        new Arg.Result(1),
        new Arg.Flags(0x8914, "SIOCSIFFLAGS"),
        new Arg.Struct(Bytes.of(request), text));
  }

  /// setns(2).
  public static Step setns(Fd namespaces, CloneFlag... types) {
    return Step.of(Syscall.SETNS, fd(namespaces), cloneFlags(List.of(types)));
  }

  /// setns(2).
  public static Step setns(Fd namespaces, Collection<CloneFlag> types) {
    return Step.of(Syscall.SETNS, fd(namespaces), cloneFlags(types));
  }

  /// unshare(2).
  public static Step unshare(CloneFlag type) {
    return Step.of(Syscall.UNSHARE, cloneFlags(List.of(type)));
  }

  /// sethostname(2).
  public static Step sethostname(String name) {
    return Step.of(Syscall.SETHOSTNAME, str(name), num(bytes(name)));
  }

  /// setdomainname(2).
  public static Step setdomainname(String name) {
    return Step.of(Syscall.SETDOMAINNAME, str(name), num(bytes(name)));
  }

  /// setsid(2).
  public static Step setsid() {
    return Step.of(Syscall.SETSID);
  }

  /// dup3(2) to the number `to`, which stays open over execve.
  public static Step dup(Fd from, int to) {
    return Step.of(Syscall.DUP3, fd(from), num(to), num(0));
  }

  /// dup3(2) to the number `to`, which execve closes.
  public static Step dupCloexec(Fd from, int to) {
    return Step.of(Syscall.DUP3, fd(from), num(to), new Arg.Flags(Open.CLOEXEC, "O_CLOEXEC"));
  }

  /// ioctl(2) TIOCSCTTY: makes descriptor 0 the controlling terminal.
  public static Step controllingTerminal() {
    return Step.of(Syscall.IOCTL, num(0), new Arg.Flags(0x540E, "TIOCSCTTY"), num(0));
  }

  /// prlimit64(2) of the child itself.
  ///
  /// @param resource number and `RLIMIT_` name
  public static Step prlimit(Arg.Flags resource, long soft, long hard) {
    String text = "{rlim_cur=%s, rlim_max=%s}".formatted(limit(soft), limit(hard));
    Arg struct = new Arg.Struct(Bytes.ofLongs(soft, hard), text);
    return Step.of(Syscall.PRLIMIT64, num(0), resource, struct, NULL);
  }

  private static String limit(long value) {
    return value == -1 ? "RLIM_INFINITY" : Long.toString(value);
  }

  /// setgroups(2).
  public static Step setgroups(List<Integer> groups) {
    int[] ids = groups.stream().mapToInt(Integer::intValue).toArray();
    Arg list = ids.length == 0 ? NULL : new Arg.Struct(Bytes.ofInts(ids), Arrays.toString(ids));
    return Step.of(Syscall.SETGROUPS, num(ids.length), list);
  }

  /// setresgid(2) with one id thrice.
  public static Step setgid(int gid) {
    return Step.of(Syscall.SETRESGID, num(gid), num(gid), num(gid));
  }

  /// setresuid(2) with one id thrice.
  public static Step setuid(int uid) {
    return Step.of(Syscall.SETRESUID, num(uid), num(uid), num(uid));
  }

  /// prctl(2) PR_CAPBSET_DROP.
  public static Step dropBounding(int capability, String name) {
    return Step.of(
        Syscall.PRCTL, new Arg.Flags(24, "PR_CAPBSET_DROP"), new Arg.Flags(capability, name));
  }

  /// prctl(2) PR_SET_NO_NEW_PRIVS.
  public static Step noNewPrivs() {
    Arg option = new Arg.Flags(38, "PR_SET_NO_NEW_PRIVS");
    return Step.of(Syscall.PRCTL, option, num(1), num(0), num(0), num(0));
  }

  /// prctl(2) PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL.
  public static Step clearAmbient() {
    Arg option = new Arg.Flags(47, "PR_CAP_AMBIENT");
    Arg clear = new Arg.Flags(4, "PR_CAP_AMBIENT_CLEAR_ALL");
    return Step.of(Syscall.PRCTL, option, clear, num(0), num(0), num(0));
  }

  /// capset(2): the sets are bit masks of capabilities.
  public static Step capset(long effective, long permitted, long inheritable) {
    Bytes header = Bytes.ofInts(CAPABILITY_VERSION_3, 0);
    Bytes sets =
        Bytes.ofInts(
            (int) effective,
            (int) permitted,
            (int) inheritable,
            (int) (effective >>> 32),
            (int) (permitted >>> 32),
            (int) (inheritable >>> 32));
    String text =
        "{effective=%#x, permitted=%#x, inheritable=%#x}"
            .formatted(effective, permitted, inheritable);
    return Step.of(
        Syscall.CAPSET,
        new Arg.Struct(header, "{version=_LINUX_CAPABILITY_VERSION_3, pid=0}"),
        new Arg.Struct(sets, text));
  }

  /// seccomp(2) SECCOMP_SET_MODE_FILTER with classic BPF `instructions` of 8 bytes each.
  public static Step seccomp(Bytes instructions) {
    int count = instructions.length() / 8;
    Bytes program = Bytes.ofLongs(count, 0);
    Arg filter = new Arg.Pointer(program, 8, instructions, "{len=" + count + ", filter=...}");
    return Step.of(Syscall.SECCOMP, new Arg.Flags(1, "SECCOMP_SET_MODE_FILTER"), num(0), filter);
  }

  /// close_range(2) from `first` to the last.
  public static Step closeFrom(int first) {
    return Step.of(Syscall.CLOSE_RANGE, num(first), new Arg.Flags(0xffffffffL, "~0U"), num(0));
  }

  /// rt_sigprocmask(2) that blocks no signal.
  public static Step unblockSignals() {
    Arg none = new Arg.Struct(Bytes.ofLongs(0), "[]");
    return Step.of(Syscall.RT_SIGPROCMASK, new Arg.Flags(2, "SIG_SETMASK"), none, NULL, num(8));
  }

  /// execve(2).
  public static Step execve(String path, List<String> argv, List<String> envp) {
    return Step.of(Syscall.EXECVE, str(path), new Arg.Strs(argv), new Arg.Strs(envp));
  }

  /// execveat(2) of the open file `number` itself.
  public static Step execFd(int number, List<String> argv, List<String> envp) {
    Arg flags = new Arg.Flags(0x1000, "AT_EMPTY_PATH");
    return Step.of(
        Syscall.EXECVEAT, num(number), EMPTY, new Arg.Strs(argv), new Arg.Strs(envp), flags);
  }

  /// exit(2).
  public static Step exit(int status) {
    return Step.of(Syscall.EXIT, num(status));
  }

  private static Arg num(long value) {
    return new Arg.Num(value);
  }

  private static Arg fd(Fd fd) {
    return new Arg.Handle(fd);
  }

  private static Arg str(String value) {
    return new Arg.Str(value);
  }

  private static Arg data(@Nullable String data) {
    return data == null || data.isEmpty() ? NULL : str(data);
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Arg flags(MountFlag... flags) {
    long bits = Arrays.stream(flags).mapToLong(MountFlag::bit).reduce(0, (a, b) -> a | b);
    return new Arg.Flags(bits, Arrays.stream(flags).map(f -> "MS_" + f).collect(joining("|")));
  }

  private static Arg cloneFlags(Collection<CloneFlag> types) {
    long bits = types.stream().mapToLong(CloneFlag::bit).reduce(0, (a, b) -> a | b);
    return new Arg.Flags(bits, types.stream().map(f -> "CLONE_" + f).collect(joining("|")));
  }
}
