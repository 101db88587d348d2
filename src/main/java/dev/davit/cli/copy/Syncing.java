package dev.davit.cli.copy;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.davit.archive.FileTree;
import dev.davit.archive.FileTree.Found;
import dev.davit.archive.Owner;
import dev.davit.archive.Packing;
import dev.davit.engine.Archives;
import dev.davit.engine.Archives.Entry;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.watch.Rule.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Makes a container like the host at some places: what is there is copied and root's, with its
/// mode and times; what is not there is removed.
public final class Syncing {
  private static final Owner ROOT = new Owner.Of(0, 0);

  private final Archives archives;

  public Syncing(Archives archives) {
    this.archives = archives;
  }

  /// What has become of a container's files, by their paths there.
  public record Synced(List<String> copied, List<String> removed) {}

  public Synced sync(String container, Collection<Mapping> mappings) {
    var synced = new Synced(new ArrayList<>(), new ArrayList<>());
    mappings.stream()
        .collect(groupingBy(Mapping::root, TreeMap::new, toList()))
        .forEach(
            (root, some) -> {
              Synced part = sync(container, root, some);
              synced.copied().addAll(part.copied());
              synced.removed().addAll(part.removed());
            });
    return synced;
  }

  private Synced sync(String container, String root, List<Mapping> mappings) {
    Optional<FileTree> host = host(root);
    try {
      var names = new LinkedHashMap<String, String>();
      var gone = new ArrayList<String>();
      for (Mapping mapping : mappings) {
        String path = mapping.relative();
        if (host.filter(tree -> isThere(tree, path)).isPresent()) {
          names.put(path, place(container, host.get(), mapping).substring(1));
        } else if (!path.isEmpty() || !isDirectory(container, mapping.target())) {
          gone.add(mapping.target());
        }
      }
      Copying.stream(
          out -> {
            if (host.isPresent()) {
              Packing.packEach(host.get(), names, out);
            }
          },
          in -> archives.alter(container, gone, in, ROOT));
      return new Synced(names.values().stream().map(name -> "/" + name).toList(), gone);
    } finally {
      host.ifPresent(FileTree::close);
    }
  }

  private static Optional<FileTree> host(String root) {
    try {
      return Optional.of(FileTree.ofHost(Path.of(root), false));
    } catch (DavitException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  // A single file goes into a directory that is there, not in its place.
  private String place(String container, FileTree host, Mapping mapping) {
    boolean into =
        mapping.relative().isEmpty()
            && !isDirectory(host)
            && isDirectory(container, mapping.target());
    return into ? mapping.target() + "/" + Path.of(mapping.root()).getFileName() : mapping.target();
  }

  private static boolean isDirectory(FileTree host) {
    try (Found root = host.root()) {
      return root.isDirectory();
    }
  }

  private static boolean isThere(FileTree tree, String path) {
    Optional<Found> found = tree.find(path, false);
    found.ifPresent(Found::close);
    return found.isPresent();
  }

  // A tree whose top has gone for a moment, as by git, is no wish to lose what else is in there.
  private boolean isDirectory(String container, String target) {
    return archives.find(container, target, true).filter(Entry::isDirectory).isPresent();
  }
}
