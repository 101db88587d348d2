package dev.davit.compose.load;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Template;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of a project: `-p`, `COMPOSE_PROJECT_NAME`, the last `name:` of the files, or the
/// project directory's.
record ProjectName(LoadRequest request, Map<String, String> environment, Problems problems) {
  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9_-]*");
  private static final TreePath PATH = TreePath.of("name");
  private static final String RULE =
      "use lower-case letters, digits, hyphens and underscores, and begin with a letter or digit";

  String of(Layers layers, Path directory) {
    Optional<String> said =
        request
            .projectName()
            .or(() -> Optional.ofNullable(environment.get("COMPOSE_PROJECT_NAME")))
            .filter(name -> !name.isEmpty());
    if (said.isPresent()) {
      return checked(said.get());
    }
    return layers.layers().reversed().stream()
        .flatMap(layer -> layer.tree().get("name").stream())
        .findFirst()
        .map(node -> node instanceof Scalar name ? written(name) : "")
        .filter(name -> !name.isEmpty())
        .orElseGet(() -> fromDirectory(directory));
  }

  private static String checked(String name) {
    if (!VALID.matcher(name).matches()) {
      throw new DavitException(Kind.INVALID, "invalid project name \"" + name + "\"", RULE);
    }
    return name;
  }

  private String written(Scalar name) {
    try {
      String text = Template.expand(name.text(), lookup());
      String normal = normal(text);
      if (normal.isEmpty() && !text.isEmpty()) {
        problems.error(
            Code.INVALID_NAME, name.place(), PATH, "invalid project name \"" + text + "\"", RULE);
      } else if (!normal.equals(text)) {
        String message = "project name \"" + text + "\" is read as \"" + normal + "\"";
        problems.warning(Code.INVALID_NAME, name.place(), PATH, message, RULE);
      }
      return normal;
    } catch (MalformedException e) {
      problems.error(name.place(), PATH, e);
    }
    return "";
  }

  private Template.Variables lookup() {
    return new Template.Variables() {
      @Override
      public @Nullable String get(String variable) {
        return environment.get(variable);
      }

      @Override
      public void unset(String variable, int offset) {
        // the interpolation phase warns
      }
    };
  }

  private static String fromDirectory(Path directory) {
    @Nullable Path base = directory.getFileName();
    String normal = base == null ? "" : normal(base.toString());
    if (normal.isEmpty()) {
      throw new DavitException(
          Kind.INVALID,
          "project directory \"" + directory + "\" gives no project name",
          "name the project with -p or with name: in the file");
    }
    return normal;
  }

  private static String normal(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.replaceAll("[^a-z0-9_-]", "").replaceFirst("^[_-]+", "");
  }
}
