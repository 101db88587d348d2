package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.linux.Epoll;
import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.Inotify;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.SyscallException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Trees of directories under one inotify descriptor. A directory is watched before its names are
/// read, so what comes meanwhile is found by one or the other. The kernel keeps events while
/// earlier ones are looked at; if it has to drop some, everything is read again.
final class HostWatch implements HostFiles.Watched {
  private static final Duration QUIET = Duration.ofMillis(500);
  // Something that never stops writing shall not keep the rest waiting.
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int DEEPEST = 256;
  private static final int DIRECTORY = Open.RDONLY | Open.DIRECTORY;
  private static final int GONE = Inotify.DELETE | Inotify.MOVED_FROM;
  private static final int COME = Inotify.CREATE | Inotify.MOVED_TO;
  private static final int EVENTS =
      GONE | COME | Inotify.MODIFY | Inotify.ATTRIB | Inotify.CLOSE_WRITE | Inotify.MOVE_SELF;

  private final EventLoop loop;
  private final Timers timers;
  private final Set<String> roots;
  private final Predicate<String> entered;
  private final HostFiles.Listener listener;
  private final Inotify inotify = new Inotify();
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock delivery = new ReentrantLock(true);
  private final Map<Integer, String> paths = new HashMap<>();
  private final NavigableMap<String, Directory> directories = new TreeMap<>();
  private Set<String> changed = new TreeSet<>();
  private @Nullable Future<?> quiet;
  private long firstChange;
  private EventLoop.@Nullable Watch ready;
  private boolean closed;

  /// A directory all of whose names matter.
  private record Directory(int watch, Set<String> names) {}

  private HostWatch(
      EventLoop loop,
      Timers timers,
      Collection<String> roots,
      Predicate<String> entered,
      HostFiles.Listener listener) {
    this.loop = loop;
    this.timers = timers;
    this.roots = Set.copyOf(roots);
    this.entered = entered;
    this.listener = listener;
  }

  static HostWatch begin(
      EventLoop loop,
      Timers timers,
      Collection<String> roots,
      Predicate<String> entered,
      HostFiles.Listener listener) {
    var watch = new HostWatch(loop, timers, roots, entered, listener);
    try {
      watch.roots.forEach(root -> watch.look(root, false));
    } catch (RuntimeException e) {
      watch.inotify.close();
      throw e;
    }
    var _ = watch.loop.call(watch::listen);
    return watch;
  }

  private boolean listen() {
    ready = loop.watch(inotify.fd(), Epoll.IN, _ -> pause());
    return true;
  }

  // On the loop's thread: reading directories takes longer than it may take.
  private void pause() {
    if (ready != null) {
      ready.change(0);
      Timers.now(this::work);
    }
  }

  private boolean resume() {
    if (ready != null) {
      ready.change(Epoll.IN);
    }
    return true;
  }

  private void work() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      for (var events = inotify.read(); !events.isEmpty(); events = inotify.read()) {
        events.forEach(this::event);
      }
      waitForQuiet();
      var _ = loop.call(this::resume);
    } catch (DavitException e) {
      Timers.now(() -> listener.failed(e));
    } finally {
      lock.unlock();
    }
  }

  private void waitForQuiet() {
    if (changed.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    if (quiet == null) {
      firstChange = now;
    } else {
      quiet.cancel(false);
    }
    long left = LONGEST.toNanos() - (now - firstChange);
    quiet = timers.after(Duration.ofNanos(Math.clamp(left, 0, QUIET.toNanos())), () -> deliver());
  }

  private void deliver() {
    delivery.lock();
    try {
      Set<String> batch = take();
      if (!batch.isEmpty()) {
        listener.changed(batch);
      }
    } finally {
      delivery.unlock();
    }
  }

  private Set<String> take() {
    lock.lock();
    try {
      Set<String> batch = closed ? Set.of() : changed;
      changed = new TreeSet<>();
      quiet = null;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void event(Inotify.Event event) {
    if (event.overflow()) {
      again();
      return;
    }
    String path = paths.get(event.watch());
    if (path == null) {
      return;
    }
    if (event.isLast()) {
      paths.remove(event.watch());
      // It may be what a root was waited for in.
      roots.stream().filter(root -> isBelow(root, path)).forEach(root -> look(root, true));
      return;
    }
    if (event.name().isEmpty()) {
      // Whoever watches the directory above hears of its move; of this one there is nobody.
      if (event.is(Inotify.MOVE_SELF) && !directories.containsKey(path)) {
        inotify.remove(event.watch());
      }
      return;
    }
    String child = below(path, event.name());
    Directory directory = directories.get(path);
    if (directory != null && directory.watch() == event.watch()) {
      changed(directory, path, event.name(), event);
    }
    for (String root : roots) {
      if (root.equals(child) || isBelow(root, child)) {
        if (event.is(GONE)) {
          forget(root);
        }
        if (directory == null || event.is(GONE)) {
          look(root, true);
        }
      }
    }
  }

  private void changed(Directory directory, String path, String name, Inotify.Event event) {
    String child = below(path, name);
    changed.add(child);
    if (event.is(GONE)) {
      directory.names().remove(name);
      forget(child);
    } else if (event.is(COME)) {
      try (Fd parent = Kernel.open(path, DIRECTORY | Open.NOFOLLOW, 0)) {
        child(new Place(parent, path, 0), directory, name, true);
      } catch (SyscallException e) {
        gone(e);
      }
    }
  }

  /// An open directory.
  private record Place(Fd fd, String path, int depth) {}

  // Looks what is where a root should be, and waits for what is not there in the directory above.
  private void look(String root, boolean report) {
    anchor(root);
    if (report) {
      changed.add(root);
    }
    if (directories.containsKey(root)) {
      return;
    }
    open(root).ifPresent(fd -> enter(new Place(fd, root, 0), report));
  }

  private void anchor(String root) {
    for (String path = parent(root); ; path = parent(path)) {
      Optional<Fd> found = open(path);
      if (found.isPresent()) {
        try (Fd fd = found.get()) {
          paths.put(inotify.add(fd, EVENTS), path);
        }
        return;
      }
      if (path.equals("/")) {
        return;
      }
    }
  }

  private static Optional<Fd> open(String path) {
    try {
      return Optional.of(Kernel.open(path, DIRECTORY | Open.NOFOLLOW, 0));
    } catch (SyscallException e) {
      return gone(e);
    }
  }

  // What is no directory, or none any more, is entered no further.
  private static Optional<Fd> gone(SyscallException e) {
    return switch (e.errno()) {
      case ENOENT, ENOTDIR, ELOOP, EACCES, ENAMETOOLONG -> Optional.empty();
      default -> throw e;
    };
  }

  private void enter(Place place, boolean report) {
    try (Fd fd = place.fd()) {
      int watch = inotify.add(fd, EVENTS);
      paths.put(watch, place.path());
      var directory = new Directory(watch, new TreeSet<>());
      directories.put(place.path(), directory);
      for (String name : FileCalls.names(fd)) {
        if (report) {
          changed.add(below(place.path(), name));
        }
        child(place, directory, name, report);
      }
    }
  }

  private void child(Place place, Directory directory, String name, boolean report) {
    directory.names().add(name);
    String path = below(place.path(), name);
    if (directories.containsKey(path) || place.depth() >= DEEPEST || !entered.test(path)) {
      return;
    }
    Fd child;
    try {
      child = FileCalls.open(place.fd(), name, DIRECTORY, 0);
    } catch (SyscallException e) {
      gone(e);
      return;
    }
    enter(new Place(child, path, place.depth() + 1), report);
  }

  // What was known below it has gone with it.
  private void forget(String path) {
    var tree = new TreeMap<>(directories.subMap(path + "/", path + "0"));
    Directory top = directories.get(path);
    if (top != null) {
      tree.put(path, top);
    }
    tree.forEach(
        (each, directory) -> {
          directory.names().forEach(name -> changed.add(below(each, name)));
          directories.remove(each);
          paths.remove(directory.watch());
          inotify.remove(directory.watch());
        });
  }

  private void again() {
    List.copyOf(directories.keySet()).stream()
        .filter(path -> !directories.containsKey(parent(path)))
        .toList()
        .forEach(this::forget);
    roots.forEach(root -> look(root, true));
  }

  @Override
  public Set<String> present() {
    lock.lock();
    try {
      var all = new TreeSet<String>(roots);
      directories.forEach(
          (path, directory) -> directory.names().forEach(name -> all.add(below(path, name))));
      return all;
    } finally {
      lock.unlock();
    }
  }

  private static String below(String directory, String name) {
    return directory.equals("/") ? "/" + name : directory + "/" + name;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static boolean isBelow(String path, String directory) {
    return path.startsWith(directory.equals("/") ? "/" : directory + "/");
  }

  @Override
  public void close() {
    try {
      loop.call(this::stopListening).join();
    } catch (CancellationException e) {
      // The engine has ended before.
    }
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        if (quiet != null) {
          quiet.cancel(false);
        }
        inotify.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean stopListening() {
    return ready != null && ready.end();
  }
}
