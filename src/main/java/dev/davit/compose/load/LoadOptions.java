package dev.davit.compose.load;

/// Which parts of loading are done. All of them, but for the switches of `davit config`.
///
/// @param interpolate whether variables are replaced
/// @param normalise whether what goes without saying is written down
/// @param absolutePaths whether paths are made absolute
/// @param check whether what fits together is checked
/// @param readFiles whether `env_file` and `label_file` are read
/// @param strict whether what Davit does not honour is an error
/// @param allResources whether networks and volumes that no service uses stay
/// @param compatibility whether names are joined by `_`, as docker-compose 1 did
public record LoadOptions(
    boolean interpolate,
    boolean normalise,
    boolean absolutePaths,
    boolean check,
    boolean readFiles,
    boolean strict,
    boolean allResources,
    boolean compatibility) {
  public static final LoadOptions ALL =
      new LoadOptions(true, true, true, true, true, false, false, false);

  /// The same, strict or not.
  public LoadOptions strict(boolean insist) {
    return new LoadOptions(
        interpolate,
        normalise,
        absolutePaths,
        check,
        readFiles,
        insist,
        allResources,
        compatibility);
  }

  /// The same with variables as written.
  public LoadOptions raw() {
    return new LoadOptions(
        false, normalise, absolutePaths, check, readFiles, strict, allResources, compatibility);
  }

  /// The same without reading the services' files.
  public LoadOptions withoutFiles() {
    return new LoadOptions(
        interpolate, normalise, absolutePaths, check, false, strict, allResources, compatibility);
  }

  /// The same as the switches of every command say.
  public LoadOptions with(boolean keepsUnused, boolean joinsAsVersion1) {
    return new LoadOptions(
        interpolate,
        normalise,
        absolutePaths,
        check,
        readFiles,
        strict,
        keepsUnused,
        joinsAsVersion1);
  }
}
