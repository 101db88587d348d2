package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.test.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to watched directories must be told, once it is quiet.
@Kernel
@Timeout(60)
class HostWatchKernelTest {
  @TempDir private Path directory;

  private final EventLoop loop = new EventLoop();
  private final Timers timers = new Timers();
  private final BlockingQueue<Set<String>> batches = new LinkedBlockingQueue<>();
  private HostWatch watch;

  @AfterEach
  void close() {
    watch.close();
    timers.close();
    loop.close();
  }

  private void watch(Predicate<String> entered, Path... roots) {
    var listener =
        new HostFiles.Listener() {
          @Override
          public void changed(Set<String> paths) {
            batches.add(paths);
          }

          @Override
          public void failed(DavitException cause) {
            batches.add(Set.of(String.valueOf(cause.getMessage())));
          }
        };
    watch =
        HostWatch.begin(
            loop, timers, List.of(roots).stream().map(Path::toString).toList(), entered, listener);
  }

  private void watch(Path... roots) {
    watch(_ -> true, roots);
  }

  /// All that is told until `last` is.
  private Set<String> until(Path last) throws InterruptedException {
    var all = new TreeSet<String>();
    while (!all.contains(last.toString())) {
      all.addAll(batches.take());
    }
    return all;
  }

  private Path write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }

  @Test
  void manyChangesAreOneBatch() throws Exception {
    watch(directory);
    Path a = write(directory.resolve("a"));
    Path c = write(directory.resolve("b/c"));
    Set<String> batch = batches.take();
    assertEquals(Set.of(a.toString(), c.getParent().toString(), c.toString()), batch);
    assertTrue(batches.isEmpty());
  }

  @Test
  void directoriesThatComeAreWatchedToAnyDepthAtOnce() throws Exception {
    watch(directory);
    Path deep = directory;
    for (int i = 0; i < 50; i++) {
      deep = deep.resolve("d" + i);
    }
    Path file = write(deep.resolve("file"));
    until(file);
    Path later = write(deep.resolve("later"));
    assertEquals(Set.of(later.toString()), until(later));
  }

  @Test
  void whatIsMovedIsGoneHereAndCameThereWithAllThatIsInIt() throws Exception {
    Path old = write(directory.resolve("old/sub/file"));
    watch(directory);
    Path moved = directory.resolve("new");
    Files.move(directory.resolve("old"), moved);
    Set<String> told = until(moved.resolve("sub/file"));
    assertTrue(told.contains(old.toString()), told::toString);
    Path later = write(moved.resolve("sub/later"));
    assertEquals(Set.of(later.toString()), until(later));
  }

  @Test
  void aDirectoryThatIsMadeAgainIsWatchedAgain() throws Exception {
    watch(directory);
    for (int i = 0; i < 30; i++) {
      Path file = write(directory.resolve("dir/file" + i));
      Files.delete(file);
      Files.delete(file.getParent());
    }
    Path last = write(directory.resolve("dir/last"));
    until(last);
    Path later = write(directory.resolve("dir/later"));
    assertTrue(until(later).contains(later.toString()));
  }

  @Test
  void symbolicLinksAreToldAndNotFollowed() throws Exception {
    Files.createDirectory(directory.resolve("dir"));
    Files.createSymbolicLink(directory.resolve("dir/loop"), directory);
    watch(directory);
    Path link = Files.createSymbolicLink(directory.resolve("dir/again"), directory);
    assertEquals(Set.of(link.toString()), until(link));
    assertEquals(
        Set.of(
            directory.toString(),
            directory.resolve("dir").toString(),
            directory.resolve("dir/loop").toString(),
            link.toString()),
        watch.present());
  }

  @Test
  void whatIsNotEnteredIsNotTold() throws Exception {
    Files.createDirectories(directory.resolve("node_modules/some"));
    watch(path -> !path.endsWith("node_modules"), directory);
    write(directory.resolve("node_modules/some/file"));
    write(directory.resolve("sub/node_modules/file"));
    Path file = write(directory.resolve("sub/file"));
    assertEquals(
        Set.of(
            directory.resolve("sub").toString(),
            directory.resolve("sub/node_modules").toString(),
            file.toString()),
        until(file));
  }

  @Test
  void aSingleFileIsWatchedAlsoWhenAnEditorReplacesIt() throws Exception {
    Path file = write(directory.resolve("config"));
    watch(file);
    write(directory.resolve("beside"));
    Files.writeString(file, "changed");
    assertEquals(Set.of(file.toString()), batches.take());
    Files.move(
        write(directory.resolve("draft")), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertEquals(Set.of(file.toString()), batches.take());
    Files.delete(file);
    assertEquals(Set.of(file.toString()), batches.take());
  }

  @Test
  void aRootThatIsNotThereIsWaitedForWhereverItComes() throws Exception {
    Path root = directory.resolve("some/where/root");
    watch(root);
    Path file = write(root.resolve("file"));
    until(file);
    Files.move(directory.resolve("some"), directory.resolve("away"));
    until(root);
    Path again = write(root.resolve("again"));
    until(again);
    Path later = write(root.resolve("later"));
    until(later);
  }

  @Test
  void whatTheKernelHadToDropIsFoundByReadingAgain() throws Exception {
    int most =
        Integer.parseInt(
            Files.readString(Path.of("/proc/sys/fs/inotify/max_queued_events")).strip());
    Path gone = write(directory.resolve("gone"));
    watch(directory);
    // While the loop's thread is busy nothing is read.
    var busy = new java.util.concurrent.CountDownLatch(1);
    var _ =
        loop.call(
            () -> {
              try {
                busy.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return true;
            });
    Path one = directory.resolve("one");
    Path other = directory.resolve("other");
    for (int i = 0; i <= most / 2; i++) {
      // Different names each time, so that the kernel does not merge them.
      write(i % 2 == 0 ? one : other);
    }
    Files.delete(gone);
    Path last = write(directory.resolve("late/last"));
    busy.countDown();
    Set<String> told = until(last);
    assertTrue(told.contains(gone.toString()), told::toString);
    Path later = write(directory.resolve("late/later"));
    until(later);
  }
}
