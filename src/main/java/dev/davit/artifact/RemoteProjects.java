package dev.davit.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.artifact.ProjectFile.Role;
import dev.davit.compose.load.RemoteFiles;
import dev.davit.compose.text.RemoteName;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Document;
import dev.davit.image.Manifest;
import dev.davit.image.Reference;
import dev.davit.registry.Registries;
import dev.davit.registry.Repository;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The projects of registries, each fetched once: what one command says twice is the same twice.
///
/// An artifact is written by whoever may push: its files come whole and verified or not at all, are
/// of a size that somebody writes, and have names without directories.
public final class RemoteProjects implements RemoteFiles {
  private static final int LARGEST_MANIFEST = 4 << 20;
  private static final int MOST_FILES = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}");

  private final Supplier<Registries> registries;
  private final ProjectCache cache;
  private final Map<String, Fetched> fetched = new LinkedHashMap<>();

  /// @param registries opened for each project that is fetched, and closed
  public RemoteProjects(Supplier<Registries> registries, ProjectCache cache) {
    this.registries = registries;
    this.cache = cache;
  }

  /// What was fetched until now, as it was asked for.
  public List<String> names() {
    return List.copyOf(fetched.keySet());
  }

  @Override
  public Fetched fetch(String name) {
    Fetched known = fetched.get(name);
    if (known == null) {
      known = project(name);
      fetched.put(name, known);
    }
    return known;
  }

  private Fetched project(String name) {
    Reference reference = Reference.parse(RemoteName.reference(name));
    try (Registries open = registries.get()) {
      Repository repository = open.repository(reference, "project");
      byte[] document = document(reference, repository);
      return project(name, Digest.of(document), manifest(name, document), repository);
    }
  }

  private byte[] document(Reference reference, Repository repository) {
    Optional<Digest> digest = reference.digest().map(Digest::parse);
    Optional<byte[]> here = digest.flatMap(it -> cache.find(it, LARGEST_MANIFEST));
    if (here.isPresent()) {
      return here.get();
    }
    dev.davit.registry.Fetched came = repository.manifest();
    cache.keep(came.digest(), came.bytes());
    return came.bytes();
  }

  private static Manifest manifest(String name, byte[] document) {
    if (Document.parse("", document) instanceof Manifest manifest && ProjectArtifact.is(manifest)) {
      return manifest;
    }
    throw new DavitException(
        Kind.INVALID,
        "\"" + name + "\" is no Compose project but an image or another artifact",
        "projects come there with \"davit publish\" or \"docker compose publish\"");
  }

  private Fetched project(String name, Digest digest, Manifest manifest, Repository repository) {
    var main = new ArrayList<String>();
    var files = new LinkedHashMap<String, String>();
    for (Descriptor layer : manifest.layers()) {
      Optional<Role> role = ProjectFile.role(layer);
      if (role.isPresent()) {
        if (files.size() == MOST_FILES) {
          throw wrong(name, "has more than " + MOST_FILES + " files");
        }
        String file = fileName(name, role.get(), layer, files);
        if (files.put(file, text(name, file, content(name, layer, repository))) != null) {
          throw wrong(name, "has two files \"" + file + "\"");
        }
        if (role.get() == Role.COMPOSE) {
          main.add(file);
        }
      }
    }
    if (main.isEmpty()) {
      throw wrong(name, "has no Compose file");
    }
    return new Fetched(name, cache.projectDirectory(digest), main, files);
  }

  // Nothing refers to a Compose file by its name, which may be that of several in different places.
  private static String fileName(
      String name, Role role, Descriptor layer, Map<String, String> others) {
    String said = ProjectFile.name(role, layer);
    boolean fits = NAME.matcher(said).matches();
    if (role == Role.COMPOSE) {
      return fits && !others.containsKey(said) ? said : "compose-" + others.size() + ".yaml";
    }
    if (!fits) {
      throw wrong(name, "has a file whose name is no plain file name");
    }
    return said;
  }

  private byte[] content(String name, Descriptor layer, Repository repository) {
    if (layer.size() > ProjectFile.LARGEST) {
      throw wrong(name, "has a file of more than " + (ProjectFile.LARGEST >> 20) + " MB");
    }
    return cache
        .find(layer.digest(), ProjectFile.LARGEST)
        .orElseGet(
            () -> {
              var bytes = new BlobBytes(layer);
              repository.download(layer, bytes);
              cache.keep(layer.digest(), bytes.bytes());
              return bytes.bytes();
            });
  }

  private static String text(String name, String file, byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw wrong(name, "has a file \"" + file + "\" that is not UTF-8 text");
    }
  }

  private static DavitException wrong(String name, String why) {
    return new DavitException(Kind.INVALID, "\"" + name + "\" " + why);
  }
}
