package dev.davit.compose.load;

/// Which parts of loading are done. All of them, but for the switches of `davit config`.
///
/// @param interpolate whether variables are replaced
/// @param normalise whether what goes without saying is written down
/// @param absolutePaths whether paths are made absolute
/// @param check whether what fits together is checked
/// @param readFiles whether `env_file` and `label_file` are read
public record LoadOptions(
    boolean interpolate,
    boolean normalise,
    boolean absolutePaths,
    boolean check,
    boolean readFiles) {
  public static final LoadOptions ALL = new LoadOptions(true, true, true, true, true);

  /// The same without reading the services' files.
  public LoadOptions withoutFiles() {
    return new LoadOptions(interpolate, normalise, absolutePaths, check, false);
  }
}
