package dev.davit.engine;

import dev.davit.archive.Changes.Change;
import dev.davit.archive.Owner;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The files of containers, whether they run or not, with their volumes. Paths are absolute or from
/// `/`; symbolic links are followed with the container's root as `/`, never out of it. While a
/// container that does not run is read or written, it cannot be started.
public interface Archives {
  /// What is at `path`, or empty where nothing is.
  ///
  /// @param follow whether a symbolic link at its end is followed
  Optional<Entry> find(String container, String path, boolean follow);

  /// Writes what is at `path` as a tar stream; NOT_FOUND where nothing is.
  ///
  /// @param name what it is called in the stream; empty for the content of a directory alone
  void read(String container, String path, boolean follow, String name, OutputStream tar);

  /// Puts what is in a tar stream into `directory`; NOT_FOUND where that is none.
  void write(String container, String directory, InputStream tar, Owner owner);

  /// Makes it like the host at some places: takes paths out, then puts what is in a tar stream
  /// below its root, whatever is there. What belongs to whom is as `owner` says. Mounts stay.
  ///
  /// @param gone absolute
  void alter(String container, Collection<String> gone, InputStream tar, Owner owner);

  /// Writes its whole root file system as a tar stream, of what is mounted there only the places.
  void export(String container, OutputStream tar);

  /// What it has changed in its image.
  List<Change> changes(String container);

  /// Writes what it has changed in its image as a tar stream that is a layer on top of the image's,
  /// without what is only there for something to be mounted on it. It cannot be started, stopped or
  /// removed meanwhile; who runs in it may go on writing, unless it is paused.
  ///
  /// @return whether there is anything in the stream
  boolean layer(String container, OutputStream tar);

  /// @param path absolute, without symbolic links
  /// @param mode type and permissions, as stat(2)
  /// @param link where it leads, if it is a symbolic link, else empty
  record Entry(String path, int mode, long size, Instant modified, String link) {
    public boolean isDirectory() {
      return (mode & 0170000) == 0040000;
    }

    public boolean isLink() {
      return (mode & 0170000) == 0120000;
    }
  }
}
