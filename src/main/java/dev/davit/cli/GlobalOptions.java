package dev.davit.cli;

import dev.davit.compose.load.LoadOptions;
import dev.davit.compose.load.LoadRequest;
import dev.davit.compose.text.RemoteName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandOption;

/// The options before the command, as given: paths are relative to the session's directory, and
/// variables such as `COMPOSE_FILE` are not looked at yet.
public record GlobalOptions(
    List<String> files,
    @Nullable String projectName,
    @Nullable String projectDirectory,
    List<String> profiles,
    List<String> envFiles,
    String progress,
    String ansi,
    int parallel,
    boolean dryRun,
    boolean compatibility,
    boolean allResources) {

  public static final GlobalOptions NONE =
      new GlobalOptions(
          List.of(), null, null, List.of(), List.of(), "auto", "auto", -1, false, false, false);

  static final List<CommandOption> SPECIFICATION =
      List.of(
          Options.flag("all-resources", "Include all resources, even those not used by services"),
          Options.withDefault(
              Options.of(
                  "ansi",
                  String.class,
                  "When to print ANSI control characters (\"never\"|\"always\"|\"auto\")"),
              "auto"),
          Options.flag("compatibility", "Run in backward compatibility mode"),
          Options.flag("dry-run", "Show what would be done, and do nothing"),
          Options.of("env-file", List.class, "Alternate environment file"),
          Options.of('f', "file", List.class, "Compose file"),
          Options.withDefault(
              Options.of("parallel", int.class, "Most operations at a time, -1 for no limit"),
              "-1"),
          Options.of("profile", List.class, "Profile to enable"),
          Options.withDefault(
              Options.of(
                  "progress", String.class, "Style of progress (auto, tty, plain, json, quiet)"),
              "auto"),
          Options.of(
              "project-directory",
              String.class,
              "Alternate working directory (default: that of the first Compose file)"),
          Options.of('p', "project-name", String.class, "Project name"));

  public GlobalOptions {
    files = List.copyOf(files);
    profiles = List.copyOf(profiles);
    envFiles = List.copyOf(envFiles);
  }

  /// These, and what variables ask for where nobody has said something else.
  GlobalOptions filled(Map<String, String> variables) {
    var given = new ArrayList<CommandOption>();
    if (progress.equals(NONE.progress)) {
      given.addAll(variable("progress", PROGRESS, variables));
    }
    if (ansi.equals(NONE.ansi)) {
      given.addAll(variable("ansi", ANSI, variables));
    }
    return with(given);
  }

  private static List<CommandOption> variable(
      String name, List<String> words, Map<String, String> variables) {
    String variable = "COMPOSE_" + name.toUpperCase(Locale.ROOT);
    String value = variables.getOrDefault(variable, "");
    if (value.isEmpty()) {
      return List.of();
    }
    Values.oneOf(variable, value, words);
    return List.of(Options.given(Options.find(SPECIFICATION, name).orElseThrow(), value));
  }

  /// What is to be loaded for a caller in `cwd`.
  public LoadRequest request(
      Path cwd, Map<String, String> env, List<String> services, Supplier<String> stdin) {
    return new LoadRequest(
        cwd,
        env,
        files,
        Optional.ofNullable(projectName),
        Optional.ofNullable(projectDirectory).map(cwd::resolve),
        profiles,
        envFiles.stream().map(cwd::resolve).map(Path::normalize).toList(),
        services,
        stdin,
        LoadOptions.ALL);
  }

  /// The same for another working directory than `cwd`: its paths are absolute.
  GlobalOptions in(Path cwd) {
    UnaryOperator<String> absolute =
        path ->
            path.equals("-") || RemoteName.isArtifact(path)
                ? path
                : cwd.resolve(path).normalize().toString();
    return new GlobalOptions(
        files.stream().map(absolute).toList(),
        projectName,
        projectDirectory == null ? null : absolute.apply(projectDirectory),
        profiles,
        envFiles.stream().map(absolute).toList(),
        progress,
        ansi,
        parallel,
        dryRun,
        compatibility,
        allResources);
  }

  /// These options where the command line says nothing, else what it says.
  GlobalOptions with(List<CommandOption> given) {
    return new GlobalOptions(
        all(given, "file", files),
        last(given, "project-name", projectName),
        last(given, "project-directory", projectDirectory),
        all(given, "profile", profiles),
        all(given, "env-file", envFiles),
        Values.oneOf("progress", text(given, "progress", progress), PROGRESS),
        Values.oneOf("ansi", text(given, "ansi", ansi), ANSI),
        Values.integer("parallel", text(given, "parallel", Integer.toString(parallel))),
        flag(given, "dry-run", dryRun),
        flag(given, "compatibility", compatibility),
        flag(given, "all-resources", allResources));
  }

  static final List<String> PROGRESS = List.of("auto", "tty", "plain", "json", "quiet");
  static final List<String> ANSI = List.of("never", "always", "auto");

  private static List<String> all(List<CommandOption> given, String name, List<String> otherwise) {
    var values = new ArrayList<>(Options.values(given, name));
    return values.isEmpty() ? otherwise : values;
  }

  private static @Nullable String last(
      List<CommandOption> given, String name, @Nullable String otherwise) {
    List<String> values = Options.values(given, name);
    return values.isEmpty() ? otherwise : values.getLast();
  }

  private static String text(List<CommandOption> given, String name, String otherwise) {
    List<String> values = Options.values(given, name);
    return values.isEmpty() ? otherwise : values.getLast();
  }

  private static boolean flag(List<CommandOption> given, String name, boolean otherwise) {
    return Values.truth(name, text(given, name, Boolean.toString(otherwise)));
  }
}
