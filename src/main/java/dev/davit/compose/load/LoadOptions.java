package dev.davit.compose.load;

/// Which parts of loading are done. All of them, but for the switches of `davit config`.
///
/// @param interpolate whether variables are replaced
/// @param normalise whether what goes without saying is written down
/// @param absolutePaths whether paths are made absolute
/// @param check whether what fits together is checked
/// @param readFiles whether `env_file` and `label_file` are read
/// @param strict whether what Davit does not honour is an error
public record LoadOptions(
    boolean interpolate,
    boolean normalise,
    boolean absolutePaths,
    boolean check,
    boolean readFiles,
    boolean strict) {
  public static final LoadOptions ALL = new LoadOptions(true, true, true, true, true, false);

  /// The same, strict or not.
  public LoadOptions strict(boolean insist) {
    return new LoadOptions(interpolate, normalise, absolutePaths, check, readFiles, insist);
  }

  /// The same with variables as written.
  public LoadOptions raw() {
    return new LoadOptions(false, normalise, absolutePaths, check, readFiles, strict);
  }

  /// The same without reading the services' files.
  public LoadOptions withoutFiles() {
    return new LoadOptions(interpolate, normalise, absolutePaths, check, false, strict);
  }
}
