package dev.davit.faults;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The steps that an engine makes, seen from inside it: each is counted by its call and the places
/// in the engine's code that it comes from. At the one that was asked for the process kills itself.
///
/// What it is told comes by stdin, a line each: `record`, `tell`, `kill N STEP`, `off`. It answers
/// on stdout.
public final class FaultPoints {
  private static final int PLACES = 4;

  // They change nothing that outlives the process.
  private static final Set<String> PASSIVE =
      Set.of(
          "read,pread64,readv,preadv,close,fstat,newfstatat,stat,lstat,statx,readlinkat,getdents64",
          "lseek,statfs,fstatfs,epoll_wait,epoll_pwait,epoll_pwait2,epoll_ctl,epoll_create1,poll",
          "ppoll,eventfd2,eventfd,inotify_init1,inotify_add_watch,inotify_rm_watch,socket,recvfrom",
          "recvmsg,recvmmsg,getsockopt,getsockname,getpeername,pidfd_open,gettid,getpid,getuid",
          "clock_gettime,clock_nanosleep,nanosleep,memfd_create,pipe2,fcntl,ioctl,prctl,uname,openat2",
          "sched_getaffinity,getrandom,waitid,wait4,mmap,munmap,mprotect,prlimit64,rt_sigaction",
          "timerfd_create,timerfd_settime,fgetxattr,flistxattr,getxattr,lgetxattr,access,faccessat");

  private static final Set<String> PASSIVE_CALLS =
      PASSIVE.stream()
          .flatMap(names -> List.of(names.split(",")).stream())
          .collect(Collectors.toSet());
  private static final int WRITABLE = 0103; // O_WRONLY | O_RDWR | O_CREAT

  private static final StackWalker STACK = StackWalker.getInstance();
  private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);
  private static final Map<String, Integer> SEEN = new LinkedHashMap<>();
  private static final PrintStream ANSWER =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  private static volatile boolean watching;
  private static volatile String target = "";
  private static volatile int occurrence;
  private static MethodHandle kill;

  private FaultPoints() {}

  /// Begins to listen.
  ///
  /// @param first a first order, or nothing
  @SuppressWarnings("restricted") // no kill(2) by the JDK ends the caller
  public static void begin(String first) {
    kill =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    step("warm"); // what it is made of is loaded before it is needed
    obey(first);
    Thread.ofPlatform().daemon().name("fault-points").start(FaultPoints::listen);
  }

  private static void listen() {
    INSIDE.set(true);
    try (var lines =
        new java.io.BufferedReader(
            new java.io.InputStreamReader(
                new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        obey(line);
      }
    } catch (IOException e) {
      ANSWER.println("fault points: " + e);
    }
  }

  private static void obey(String line) {
    String[] words = line.split(" ", 3);
    switch (words[0]) {
      case "record", "kill" -> {
        synchronized (SEEN) {
          SEEN.clear();
        }
        occurrence = words[0].equals("kill") ? Integer.parseInt(words[1]) : 0;
        target = words[0].equals("kill") ? words[2] : "";
        watching = true;
      }
      case "off" -> watching = false;
      case "tell" -> {
        watching = false;
        synchronized (SEEN) {
          SEEN.forEach((step, count) -> ANSWER.println(count + " " + step));
        }
      }
      default -> {}
    }
    if (!line.isEmpty()) {
      ANSWER.println("done");
    }
  }

  /// A system call of the engine's own: `arguments` are those of `dev.davit.linux.Kernel`.
  public static void call(Object call, long[] arguments) {
    if (!watching) {
      return;
    }
    String name = call.toString();
    boolean reads =
        PASSIVE_CALLS.contains(name)
            || (name.equals("openat") && arguments.length > 2 && (arguments[2] & WRITABLE) == 0);
    if (!reads) {
      step(name);
    }
  }

  /// A file is opened by the JDK.
  public static void open(int flags) {
    if ((flags & WRITABLE) != 0) {
      step("open");
    }
  }

  /// Something is about to happen that outlives the process.
  public static void step(String name) {
    if (watching && !INSIDE.get()) {
      INSIDE.set(true);
      try {
        String key = name + places();
        if (isDue(key)) {
          die();
        }
      } finally {
        INSIDE.set(false);
      }
    }
  }

  /// Counts `key`; true if it is the one to die at.
  public static boolean isDue(String key) {
    if (!watching) {
      return false;
    }
    synchronized (SEEN) {
      int count = SEEN.merge(key, 1, Integer::sum);
      return count == occurrence && key.equals(target);
    }
  }

  /// Where the caller is in the engine's code, innermost first.
  public static String places() {
    return STACK.walk(
        frames ->
            frames
                .filter(frame -> frame.getClassName().startsWith("dev.davit."))
                .filter(frame -> !frame.getClassName().startsWith("dev.davit.faults."))
                .filter(frame -> !frame.getClassName().equals("dev.davit.linux.Kernel"))
                .limit(PLACES)
                .map(
                    frame ->
                        " < "
                            + frame.getClassName().replaceFirst("^.*\\.", "")
                            + "."
                            + frame.getMethodName()
                            + ":"
                            + frame.getLineNumber())
                .collect(Collectors.joining()));
  }

  /// Ends this process as if by `kill -9`, and never returns.
  public static void die() {
    try {
      int ignored = (int) kill.invokeExact((int) ProcessHandle.current().pid(), 9);
      Thread.sleep(60_000);
    } catch (Throwable e) {
      Runtime.getRuntime().halt(9);
    }
  }
}
