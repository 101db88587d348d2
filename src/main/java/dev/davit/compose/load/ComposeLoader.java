package dev.davit.compose.load;

import dev.davit.compose.Project;
import dev.davit.compose.SourceMap;
import java.util.List;
import java.util.Map;

/// Makes a [dev.davit.compose.Project] from Compose files.
public final class ComposeLoader {
  private ComposeLoader() {}

  /// @throws ComposeFileException with every problem of the first phase that found an error
  public static LoadResult load(LoadRequest request) {
    return new LoadResult(
        new Project(
            "",
            request.cwd(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            request.env(),
            SourceMap.EMPTY),
        List.of());
  }
}
