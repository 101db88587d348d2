package dev.davit.compose.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What to load, as the command line and the environment of one invocation say it.
///
/// @param cwd absolute; where files are looked for
/// @param env the caller's environment, `COMPOSE_*` included
/// @param files the `-f` options as written, `-` for stdin; empty means `COMPOSE_FILE`, then search
/// @param projectName the `-p` option
/// @param projectDirectory the `--project-directory` option
/// @param profiles the `--profile` options
/// @param envFiles the `--env-file` options
/// @param selectedServices services named on the command line: their profiles become active
/// @param stdin text of stdin, asked for at most once
/// @param remote brings what `oci://` names
/// @param wanted whether somebody still waits for the result; asked again and again
public record LoadRequest(
    Path cwd,
    Map<String, String> env,
    List<String> files,
    Optional<String> projectName,
    Optional<Path> projectDirectory,
    List<String> profiles,
    List<Path> envFiles,
    List<String> selectedServices,
    Supplier<String> stdin,
    LoadOptions options,
    RemoteFiles remote,
    BooleanSupplier wanted) {

  /// A request that reaches no files but those of this machine.
  public LoadRequest(
      Path cwd,
      Map<String, String> env,
      List<String> files,
      Optional<String> projectName,
      Optional<Path> projectDirectory,
      List<String> profiles,
      List<Path> envFiles,
      List<String> selectedServices,
      Supplier<String> stdin,
      LoadOptions options) {
    this(
        cwd,
        env,
        files,
        projectName,
        projectDirectory,
        profiles,
        envFiles,
        selectedServices,
        stdin,
        options,
        RemoteFiles.NONE,
        () -> true);
  }

  /// The files found from `cwd`, nothing else said.
  public static LoadRequest in(Path cwd, Map<String, String> env) {
    return new LoadRequest(
        cwd,
        env,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        () -> "",
        LoadOptions.ALL);
  }

  /// The same with some parts of loading left out.
  public LoadRequest with(LoadOptions other) {
    return new LoadRequest(
        cwd,
        env,
        files,
        projectName,
        projectDirectory,
        profiles,
        envFiles,
        selectedServices,
        stdin,
        other,
        remote,
        wanted);
  }

  /// The same with files that lie elsewhere.
  public LoadRequest reaching(RemoteFiles others) {
    return new LoadRequest(
        cwd,
        env,
        files,
        projectName,
        projectDirectory,
        profiles,
        envFiles,
        selectedServices,
        stdin,
        options,
        others,
        wanted);
  }

  /// The same, given up with UNAVAILABLE as soon as it is not wanted any more.
  public LoadRequest whileWanted(BooleanSupplier other) {
    return new LoadRequest(
        cwd,
        env,
        files,
        projectName,
        projectDirectory,
        profiles,
        envFiles,
        selectedServices,
        stdin,
        options,
        remote,
        other);
  }
}
