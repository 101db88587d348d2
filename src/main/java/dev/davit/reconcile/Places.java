package dev.davit.reconcile;

import dev.davit.compose.Project;
import dev.davit.compose.load.ComposeFileException;
import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Note;
import dev.davit.error.Place;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import dev.davit.error.Source.Via;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Points to the line of a Compose file that something is about.
public final class Places {
  private Places() {}

  /// A problem at a tree path such as `services.web.ports[0]`.
  ///
  /// @param help what to write instead
  public static Problem problem(
      Code code,
      Project project,
      Severity severity,
      String path,
      String message,
      @Nullable String help) {
    Optional<Place> place = project.place(path);
    Optional<String> line = place.flatMap(project::excerpt);
    return new Problem(
        code,
        severity,
        line.isPresent() ? place.map(it -> it.within(line.get())).orElse(null) : place.orElse(null),
        path,
        message,
        line.orElse(null),
        help,
        place.map(Place::vias).orElse(List.of()).stream().map(it -> note(project, it)).toList());
  }

  private static Note note(Project project, Via via) {
    return new Note(via.how(), via.place(), project.excerpt(via.place()).orElse(null));
  }

  /// The exception that says so, with its place in the file.
  public static DavitException error(
      Code code, Project project, String path, String message, @Nullable String help) {
    return new ComposeFileException(
        List.of(problem(code, project, Severity.ERROR, path, message, help)));
  }

  static DavitException error(Project project, String path, DavitException cause) {
    DavitException error =
        error(
            Code.FAILED,
            project,
            path,
            String.valueOf(cause.getMessage()),
            cause.action().orElse(null));
    error.addSuppressed(cause);
    return error;
  }
}
