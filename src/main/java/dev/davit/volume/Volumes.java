package dev.davit.volume;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The named and anonymous volumes of one data directory. Safe for use by several threads.
@SuppressWarnings("DoNotCallSuggester") // being written
public final class Volumes {
  private final Path directory;

  private Volumes(Path directory) {
    this.directory = directory;
  }

  /// The volumes kept in `stateDirectory`, which is made where it is missing.
  public static Volumes open(Path stateDirectory) {
    return new Volumes(stateDirectory);
  }

  /// The volume with that name, made unless it exists. `CONFLICT` where it exists with another
  /// driver or other options, `UNSUPPORTED` for another driver than `local` and for its options.
  public Volume create(VolumeConfig config) {
    throw new UnsupportedOperationException(directory + config.name());
  }

  /// A new volume named by 64 hexadecimal digits.
  public Volume createAnonymous() {
    throw new UnsupportedOperationException();
  }

  public Optional<Volume> find(String name) {
    throw new UnsupportedOperationException(name);
  }

  /// All volumes, by name.
  public List<Volume> list() {
    throw new UnsupportedOperationException();
  }

  /// Removes the volume and its data; `NOT_FOUND` where there is none. Whether a container uses it
  /// is the engine's to know.
  public void remove(String name) {
    throw new UnsupportedOperationException(name);
  }
}
