package dev.davit.engine;

import dev.davit.volume.Volume;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Which containers have which volumes of other file systems (driver options) mounted: the first
/// one mounts it on the machine, the last one takes it down.
final class VolumeUse {
  private final Means means;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Set<String>> users = new HashMap<>();

  VolumeUse(Means means) {
    this.means = means;
  }

  /// `life`, which is about to run, needs `volume`.
  void begin(Life life, Volume volume) {
    if (volume.config().driverOpts().isEmpty()) {
      return;
    }
    lock.lock();
    try {
      means.volumes().attach(volume.name());
      users.computeIfAbsent(volume.name(), _ -> new HashSet<>()).add(life.id());
    } finally {
      lock.unlock();
    }
  }

  /// `life` has run since an earlier engine.
  void goOn(Life life) {
    change(life, true);
  }

  /// `life` runs no more.
  void end(Life life) {
    change(life, false);
  }

  private void change(Life life, boolean uses) {
    lock.lock();
    try {
      for (Container.Mount mount : life.definition().mounts()) {
        if (mount.type() == MountConfig.Type.VOLUME) {
          means
              .volumes()
              .find(mount.source())
              .filter(volume -> !volume.config().driverOpts().isEmpty())
              .ifPresent(volume -> change(life, volume, uses));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void change(Life life, Volume volume, boolean uses) {
    Set<String> now = users.computeIfAbsent(volume.name(), _ -> new HashSet<>());
    if (uses) {
      now.add(life.id());
      return;
    }
    now.remove(life.id());
    if (now.isEmpty()) {
      users.remove(volume.name());
      means.volumes().detach(volume.name());
    }
  }
}
