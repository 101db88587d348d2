package dev.davit.test;

import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/// Code and programs in network namespaces other than the host's.
public final class Netns {
  private static final int CLONE_NEWNET = 0x40000000;

  private Netns() {}

  /// Calls `code` on a thread in a fresh namespace, which is gone afterwards.
  public static <T> T fresh(Callable<T> code) throws Exception {
    return onThread(
        () -> {
          Kernel.unshare(CLONE_NEWNET);
          return code.call();
        });
  }

  /// Calls `code` on a thread in the namespace that is mounted at `path`.
  public static <T> T in(Path path, Callable<T> code) throws Exception {
    return onThread(
        () -> {
          try (Fd fd = Kernel.open(path.toString(), Open.RDONLY, 0)) {
            Kernel.setns(fd, CLONE_NEWNET);
          }
          return code.call();
        });
  }

  private static <T> T onThread(Callable<T> code) throws Exception {
    var task = new FutureTask<T>(code);
    Thread thread = Thread.ofPlatform().name("netns").start(task);
    thread.join();
    return task.get();
  }

  /// What a program prints, stderr included, in the namespace of the calling thread.
  public static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
