package dev.davit;

import dev.davit.client.Places;
import dev.davit.linux.Inotify;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Poll;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that somebody has removed the engine's run directory, as cleaners of temporary files do:
/// no command reaches the engine any more. The next engine makes the directory again and finds the
/// containers by their processes and cgroups.
final class RunDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);
  private static final int EVENTS =
      Inotify.DELETE | Inotify.MOVED_FROM | Inotify.MOVE_SELF | Inotify.ATTRIB;
  private static final long FOR_EVER = TimeUnit.DAYS.toMillis(1);

  private final Places places;
  private final Runnable lost;
  private final AtomicBoolean given = new AtomicBoolean();

  /// @param lost is called once, when the socket has no name any more
  RunDirectory(Places places, Runnable lost) {
    this.places = places;
    this.lost = lost;
  }

  /// Watches from now on. Where the machine has no watch left nobody notices, which is logged.
  void watch() {
    Inotify inotify;
    try (var directory = Kernel.open(places.run().toString(), Open.RDONLY | Open.DIRECTORY, 0)) {
      inotify = new Inotify();
      inotify.add(directory, EVENTS);
    } catch (RuntimeException e) {
      LOG.warn("the removal of {} would not be noticed", places.run(), e);
      return;
    }
    Thread.ofPlatform().daemon().name("run-directory").start(() -> await(inotify));
  }

  /// The engine ends: it removes its socket itself.
  void giveUp() {
    given.set(true);
  }

  private void await(Inotify inotify) {
    try (inotify) {
      boolean last = false;
      while (isReachable() && !last) {
        if (Poll.await(inotify.fd(), Poll.IN, FOR_EVER)) {
          List<Inotify.Event> events = inotify.read();
          last = events.stream().anyMatch(Inotify.Event::isLast);
        }
      }
    }
    if (!given.getAndSet(true)) {
      LOG.error(
          "{} has been removed: no command reaches this engine, which ends. The containers keep"
              + " running; the next command starts an engine that takes them over.",
          places.run());
      lost.run();
    }
  }

  private boolean isReachable() {
    return Files.exists(places.socket(), LinkOption.NOFOLLOW_LINKS);
  }
}
