package dev.davit.compose.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.load.ComposeFileException;
import dev.davit.compose.load.ComposeLoader;
import dev.davit.compose.load.LoadOptions;
import dev.davit.compose.load.LoadRequest;
import dev.davit.compose.load.LoadResult;
import dev.davit.compose.write.ComposeWriter;
import dev.davit.error.DavitException;
import dev.davit.error.Problem;
import dev.davit.image.Image;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.PlanOptions;
import dev.davit.reconcile.Planner;
import dev.davit.reconcile.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One load of whatever there is to load, and all that must hold for it.
record Trial(Path directory, List<String> files, Map<String, String> env) {
  static final Pattern INTERNALS =
      Pattern.compile(
          "java\\.|[a-z]Exception|\\bScalar\\b|Mapping[\\[@]|Sequence|Optional|@[0-9a-f]{6}"
              + "|snakeyaml|org\\.yaml|\\n\\tat |\\bnull\\b|\\bNaN\\b|<stream |<scalar>|<block");

  private static final PlanOptions PLAN = PlanOptions.builder().build();

  /// Whether it loads; else there are problems which a person can do something about.
  boolean run() {
    LoadResult result;
    try {
      result = load(files, "");
    } catch (ComposeFileException e) {
      e.problems().forEach(Trial::check);
      e.warnings().forEach(Trial::check);
      assertFalse(e.problems().isEmpty());
      return false;
    } catch (DavitException e) {
      checkText(e.getMessage() + e.action().orElse(""));
      return false;
    }
    result.warnings().forEach(Trial::check);
    again(result);
    plan(result.project());
    return true;
  }

  private void again(LoadResult first) {
    String yaml = ComposeWriter.yaml(first.model());
    String json = ComposeWriter.json(first.model());
    LoadResult second = printed(yaml);
    assertEquals(known(yaml), known(ComposeWriter.yaml(second.model())), "YAML again");
    // docker's JSON has no extensions but those at the top
    assertEquals(known(json), known(ComposeWriter.json(printed(json).model())), "JSON again");
    if (yaml.equals(ComposeWriter.yaml(second.model()))) {
      assertEquals(hashes(first.project()), hashes(second.project()), "hashes");
    }
  }

  /// What docker prints so that it means something else: `-0.0` as a whole number, and nothing of a
  /// build context that is empty.
  private String known(String text) {
    return text.replaceAll("([ \\[])-0(?=,?\n)", "$10")
        .replaceAll(
            "(?m)^ *\"?context\"?: \"?" + Pattern.quote(directory.toString()) + "\"?,?\n", "");
  }

  private LoadResult printed(String text) {
    try {
      return load(List.of("-"), text);
    } catch (DavitException e) {
      throw new AssertionError("what is printed does not load:\n" + text, e);
    }
  }

  private static Map<String, String> hashes(Project project) {
    return project.services().values().stream()
        .collect(Collectors.toMap(Service::name, it -> it.configHash().text()));
  }

  private LoadResult load(List<String> named, String stdin) {
    return ComposeLoader.load(
        new LoadRequest(
            directory,
            env,
            named,
            Optional.of("shop"),
            Optional.of(directory),
            List.of("*"),
            List.of(),
            List.of(),
            () -> stdin,
            LoadOptions.ALL));
  }

  private static void plan(Project project) {
    var images = new HashMap<String, Image>();
    project.services().values().forEach(it -> images.put(it.image(), World.image("x", List.of())));
    try {
      Planner.plan(
          project,
          new Observed(
              "shop", List.of(), List.of(), List.of(), images, Instant.EPOCH, Optional.empty()),
          PLAN);
    } catch (DavitException e) {
      checkText(String.valueOf(e.getMessage()));
    }
  }

  private static void check(Problem problem) {
    assertNotNull(problem.place(), problem::print);
    checkText(problem.message() + "\n" + problem.help());
    assertFalse(problem.print().contains("\tat "), problem::print);
  }

  /// `help` may be absent, and a message may quote what the file says.
  private static void checkText(String text) {
    String own =
        text.replace("!reset null", "")
            .replaceAll("(?s)\"[^\"]*\"", "")
            .replaceFirst("\\nnull$", "");
    assertFalse(INTERNALS.matcher(own).find(), text);
  }

  static void write(Path directory, Sample sample) {
    sample.files().forEach((name, text) -> write(directory.resolve(name), text));
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
