package dev.davit.engine;

import dev.davit.engine.ContainerState.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// The verbs of [Logs].
final class LogVerbs implements Logs {
  private final Lives lives;

  LogVerbs(Lives lives) {
    this.lives = lives;
  }

  @Override
  public void read(String container, Query query, Consumer<LogLine> consumer) {
    Life life = lives.get(container);
    try (var tail = new LogTail(life.id(), life.log(), query)) {
      tail.drain(consumer);
    }
  }

  @Override
  public Following follow(Collection<String> containers, Query query, Consumer<LogLine> consumer) {
    List<Life> followed = containers.stream().map(lives::get).toList();
    var follower = new Follower(followed, query, consumer);
    Thread.ofVirtual().name("follower").start(follower::run);
    return follower;
  }

  /// One thread for one follow: it sleeps until one of its containers has news.
  private static final class Follower implements Following {
    private final List<Life> lives;
    private final Query query;
    private final Consumer<LogLine> consumer;
    private final Semaphore news = new Semaphore(1);
    private final Runnable observer = this::wake;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean closed;

    Follower(List<Life> lives, Query query, Consumer<LogLine> consumer) {
      this.lives = lives;
      this.query = query;
      this.consumer = consumer;
      lives.forEach(life -> life.addObserver(observer));
    }

    private record Place(Life life, LogTail tail) {}

    private void wake() {
      if (news.availablePermits() == 0) {
        news.release();
      }
    }

    void run() {
      var places = new ArrayList<Place>();
      try {
        lives.forEach(
            life -> places.add(new Place(life, new LogTail(life.id(), life.log(), query))));
        while (!closed && !places.isEmpty()) {
          news.acquire();
          news.drainPermits();
          drain(places);
        }
        done.complete(null);
      } catch (InterruptedException e) {
        done.complete(null);
      } catch (RuntimeException | Error e) {
        done.completeExceptionally(e);
      } finally {
        lives.forEach(life -> life.removeObserver(observer));
        places.forEach(place -> place.tail().close());
      }
    }

    private void drain(List<Place> places) {
      for (Iterator<Place> each = places.iterator(); each.hasNext() && !closed; ) {
        Place place = each.next();
        // Asked before the last read, so that nothing can come between.
        boolean over = over(place.life());
        place.tail().drain(this::give);
        if (over || place.tail().past()) {
          place.tail().close();
          each.remove();
        }
      }
    }

    private void give(LogLine line) {
      if (!closed) {
        consumer.accept(line);
      }
    }

    private static boolean over(Life life) {
      Status status = life.state().status();
      boolean ended = status == Status.EXITED || status == Status.DEAD;
      return life.removed() || status == Status.REMOVING || (ended && !life.startFollows());
    }

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public List<String> containers() {
      return lives.stream().map(Life::id).toList();
    }

    @Override
    public void close() {
      closed = true;
      wake();
    }
  }
}
