package dev.davit.engine;

import dev.davit.error.DavitException;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;

/// Changes of files of the host. Paths are absolute, clean and without symbolic links; a name that
/// is no UTF-8 is as [dev.davit.linux.FileCalls] writes it. Symbolic links are watched, not what
/// they lead to.
public interface HostFiles {
  /// Tells from now on what changes at or below `roots`, which need not exist.
  ///
  /// @param entered whether what is in a directory matters
  Watched watch(Collection<String> roots, Predicate<String> entered, Listener listener);

  /// Hears of changes, on one thread at a time.
  interface Listener {
    /// What has changed until nothing changed for half a second: come, gone or different.
    void changed(Set<String> paths);

    /// Nothing is watched any more.
    void failed(DavitException cause);
  }

  /// What is watched.
  interface Watched extends AutoCloseable {
    /// All that is there below the roots, as far as it is entered.
    Set<String> present();

    @Override
    void close();
  }
}
