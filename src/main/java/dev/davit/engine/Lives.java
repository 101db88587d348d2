package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The containers by id and by name.
final class Lives {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Life> byId = new HashMap<>();
  private final Map<String, String> idOfName = new HashMap<>();
  private final Function<String, DavitException> missing;

  /// @param missing the error for a container that is not there
  Lives(Function<String, DavitException> missing) {
    this.missing = missing;
  }

  /// Takes `name` for the container `id`; CONFLICT if another one has it.
  void reserve(String name, String id) {
    lock.lock();
    try {
      String holder = idOfName.putIfAbsent(name, id);
      if (holder != null && !holder.equals(id)) {
        throw new DavitException(
            Kind.CONFLICT,
            "container name \"%s\" is in use by container %s".formatted(name, holder),
            "remove or rename that container, or choose another name");
      }
    } finally {
      lock.unlock();
    }
  }

  void release(String name, String id) {
    lock.lock();
    try {
      idOfName.remove(name, id);
    } finally {
      lock.unlock();
    }
  }

  void add(Life life) {
    lock.lock();
    try {
      byId.put(life.id(), life);
    } finally {
      lock.unlock();
    }
  }

  void remove(Life life) {
    lock.lock();
    try {
      byId.remove(life.id());
      idOfName.remove(life.name(), life.id());
    } finally {
      lock.unlock();
    }
  }

  /// The container with that id, name or beginning of an id; INVALID if several begin so.
  Optional<Life> find(String ref) {
    lock.lock();
    try {
      Life exact = byId.get(ref);
      if (exact == null) {
        exact = byId.get(idOfName.getOrDefault(ref, ""));
      }
      if (exact != null || !ref.matches("[0-9a-f]{1,63}")) {
        return Optional.ofNullable(exact);
      }
      List<Life> begun = byId.values().stream().filter(life -> life.id().startsWith(ref)).toList();
      if (begun.size() > 1) {
        throw new DavitException(
            Kind.INVALID,
            "container id \"%s\" is the beginning of %d ids".formatted(ref, begun.size()),
            "write more digits");
      }
      return begun.stream().findFirst();
    } finally {
      lock.unlock();
    }
  }

  /// As [#find], but NOT_FOUND if there is none. One of an earlier engine is taken over before it
  /// is returned; no other is waited for.
  Life get(String ref) {
    Life life = find(ref).orElseThrow(() -> missing.apply(ref));
    life.takenOver();
    return life;
  }

  /// All of them, oldest first.
  List<Life> all() {
    lock.lock();
    try {
      var all = new ArrayList<>(byId.values());
      all.sort(Comparator.comparing(life -> life.definition().created()));
      return all;
    } finally {
      lock.unlock();
    }
  }
}
