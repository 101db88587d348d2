package dev.davit.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.artifact.ProjectFile.Role;
import dev.davit.compose.text.RemoteName;
import dev.davit.compose.text.Template;
import dev.davit.compose.tree.Document;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.YamlReader;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Source;
import dev.davit.image.Digest;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of a project as they are published: with their variables, side by side in one
/// directory, and with references to each other that hold there.
///
/// Files that services extend and environment files get names that are hashes of their paths, as
/// with docker compose: a path may say more than its owner wants, and two of one name may meet.
public final class ProjectFiles {
  private final Given given;
  private final Disclosures disclosures = new Disclosures();
  private final Map<Path, ProjectFile> environmentFiles = new LinkedHashMap<>();
  private final List<Path> known = new ArrayList<>();
  private final ArrayDeque<Path> extended = new ArrayDeque<>();

  /// What there is to publish.
  ///
  /// @param directory what paths in the Compose files are relative to
  /// @param composeFiles in the order of merging
  /// @param environment what variables in the names of files mean
  /// @param withEnvironmentFiles whether environment files go too
  public record Given(
      Path directory,
      List<Path> composeFiles,
      Map<String, String> environment,
      boolean withEnvironmentFiles,
      Reader reader) {}

  /// Reads a file; empty where there is none.
  public interface Reader {
    Optional<byte[]> read(Path file);
  }

  /// @param files in the order of the artifact's layers
  public record Published(List<ProjectFile> files, Disclosures disclosures) {}

  private ProjectFiles(Given given) {
    this.given = given;
  }

  /// Throws `INVALID` where a file includes another one, which cannot go with it.
  public static Published of(Given given) {
    return new ProjectFiles(given).all();
  }

  private Published all() {
    var files = new ArrayList<ProjectFile>();
    for (Path file : given.composeFiles()) {
      files.add(
          published(Role.COMPOSE, file, String.valueOf(file.getFileName()), given.directory()));
    }
    while (!extended.isEmpty()) {
      Path file = extended.removeFirst();
      Path beside = file.getParent();
      files.add(
          published(
              Role.EXTENDED,
              file,
              hash(file) + ".yaml",
              beside == null ? given.directory() : beside));
    }
    files.addAll(environmentFiles.values());
    return new Published(files, disclosures);
  }

  /// @param base what paths in it are relative to
  private ProjectFile published(Role role, Path file, String name, Path base) {
    String text = text(file);
    var edits = new Edits();
    var problems = new Problems();
    List<Document> documents = YamlReader.read(Source.of(called(file)), text, problems);
    for (Document document : documents) {
      if (document.tree() instanceof Mapping mapping) {
        disclosures.read(mapping);
        checkIncludes(mapping);
        Mapping services = mapping.mapping("services");
        for (String service : services.keys()) {
          references(services.mapping(service), base, edits);
        }
      }
    }
    disclosures.scan(called(file), text);
    checkSize(file, text.getBytes(UTF_8));
    return new ProjectFile(role, name, edits.in(text).getBytes(UTF_8));
  }

  private String text(Path file) {
    byte[] bytes =
        given
            .reader()
            .read(file)
            .orElseThrow(
                () ->
                    new DavitException(
                        Kind.NOT_FOUND, "compose file \"" + called(file) + "\" not found"));
    String text = new String(bytes, UTF_8);
    if (!Arrays.equals(text.getBytes(UTF_8), bytes)) {
      throw new DavitException(
          Kind.INVALID, "compose file \"" + called(file) + "\" is not UTF-8 text");
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private String called(Path file) {
    return file.startsWith(given.directory())
        ? given.directory().relativize(file).toString()
        : file.toString();
  }

  private static void checkIncludes(Mapping document) {
    for (Node include : items(document.get("include").orElse(null))) {
      Node path = include instanceof Mapping it ? it.get("path").orElse(include) : include;
      for (Node name : items(path)) {
        if (name instanceof Scalar scalar && !isRemote(scalar)) {
          throw new DavitException(
              Kind.INVALID,
              "%s: cannot publish compose file with local includes".formatted(scalar.place()),
              "publish \"%s\" by itself and include its oci:// address, or name it with -f"
                  .formatted(scalar.text()));
        }
      }
    }
  }

  private void references(Mapping service, Path base, Edits edits) {
    if (service.get("extends").orElse(null) instanceof Mapping extension
        && extension.get("file").orElse(null) instanceof Scalar name
        && !isRemote(name)) {
      extended(name, base, edits);
    }
    if (given.withEnvironmentFiles()) {
      for (Node file : items(service.get("env_file").orElse(null))) {
        Node name = file instanceof Mapping it ? it.get("path").orElse(file) : file;
        if (name instanceof Scalar scalar && !scalar.isNull()) {
          environmentFile(scalar, base, edits);
        }
      }
    }
  }

  private void extended(Scalar name, Path base, Edits edits) {
    Path file = resolved(name, base);
    // Of one that is not there nobody uses a service, or loading had failed.
    if (given.reader().read(file).isPresent()) {
      edits.replace(name, hash(file) + ".yaml");
      if (!known.contains(file)) {
        known.add(file);
        extended.add(file);
      }
    }
  }

  // One that is not there was not required, and is not there for those who fetch the project.
  private void environmentFile(Scalar name, Path base, Edits edits) {
    Path file = resolved(name, base);
    Optional<byte[]> bytes = given.reader().read(file);
    if (bytes.isPresent()) {
      checkSize(file, bytes.get());
      String hash = hash(file) + ".env";
      edits.replace(name, hash);
      if (environmentFiles.putIfAbsent(file, new ProjectFile(Role.ENVIRONMENT, hash, bytes.get()))
          == null) {
        disclosures.scan(called(file), new String(bytes.get(), UTF_8));
      }
    }
  }

  private void checkSize(Path file, byte[] bytes) {
    if (bytes.length > ProjectFile.LARGEST) {
      throw new DavitException(
          Kind.INVALID,
          "file \"%s\" is too large to be published: more than %d MB"
              .formatted(called(file), ProjectFile.LARGEST >> 20));
    }
  }

  private Path resolved(Scalar name, Path base) {
    String text = Template.expand(name.text(), variables());
    boolean inHome = text.startsWith("~/");
    String home = given.environment().getOrDefault("HOME", "/root");
    return base.resolve(inHome ? home + text.substring(1) : text).normalize();
  }

  private Template.Variables variables() {
    return new Template.Variables() {
      @Override
      public @Nullable String get(String variable) {
        return given.environment().get(variable);
      }

      @Override
      public void unset(String variable, int offset) {
        // loading has warned
      }
    };
  }

  // Relative to the project, so that the same project gives the same artifact wherever it lies.
  private String hash(Path file) {
    String path = given.directory().relativize(file).toString();
    return Digest.of(path.getBytes(UTF_8)).hex();
  }

  private static boolean isRemote(Scalar name) {
    return RemoteName.matches(name.text());
  }

  private static List<Node> items(@Nullable Node node) {
    return switch (node) {
      case null -> List.of();
      case Sequence list -> list.items();
      default -> List.of(node);
    };
  }
}
