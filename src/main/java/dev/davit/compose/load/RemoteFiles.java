package dev.davit.compose.load;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Brings the Compose files that lie in a registry.
public interface RemoteFiles {
  /// Brings none.
  RemoteFiles NONE =
      name -> {
        throw new DavitException(Kind.UNSUPPORTED, "\"" + name + "\" is not fetched here");
      };

  /// @param name `oci://HOST/REPOSITORY[:TAG|@DIGEST]`
  /// @throws DavitException where there is none, or something else
  Fetched fetch(String name);

  /// The files of a project as they came. They are in memory only.
  ///
  /// @param name as it was asked for
  /// @param directory absolute; what relative paths in the files are relative to
  /// @param main the names of its Compose files, in the order of merging
  /// @param files all texts, by their names in the directory
  record Fetched(String name, Path directory, List<String> main, Map<String, String> files) {
    public Fetched {
      main = List.copyOf(main);
      files = Map.copyOf(files);
    }
  }
}
