package dev.davit.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The image `davit/host`: the host's own root with its private places hidden.
@SuppressWarnings("DoNotCallSuggester") // being written
public final class HostImage implements Images {
  private final Path root;
  private final Path run;

  /// @param root the data directory; the mask layer is kept in `images/host` below it
  /// @param run the run directory, hidden as the data directory is
  public HostImage(Path root, Path run) {
    this.root = root;
    this.run = run;
  }

  @Override
  public Optional<Image> find(String reference) {
    throw new UnsupportedOperationException(reference + root + run);
  }

  @Override
  public List<Image> list() {
    throw new UnsupportedOperationException();
  }
}
