package dev.davit.registry.site;

import dev.davit.compose.load.ComposeFileException;
import dev.davit.compose.tree.Document;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import dev.davit.compose.tree.YamlReader;
import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Source;
import dev.davit.error.Suggestion;
import dev.davit.registry.site.Sites.Entry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `registries.yaml`: under `registries` an entry for each domain.
public final class SitesFile {
  private static final Set<String> KEYS =
      Set.of("mirrors", "plain-http", "insecure", "ca", "certificate", "key", "trust");

  private final Path file;
  private final Problems problems = new Problems();

  private SitesFile(Path file) {
    this.file = file;
  }

  /// What the file says; it has to be there.
  public static Sites require(Path file) {
    try {
      return parse(file, Files.readString(file));
    } catch (IOException e) {
      throw new DavitException(
          Kind.NOT_FOUND,
          "configuration of registries \"%s\" cannot be read: %s"
              .formatted(file, e instanceof NoSuchFileException ? "no such file" : e.getMessage()),
          "DAVIT_REGISTRIES names it");
    }
  }

  /// What the file says, or without one what holds without.
  public static Sites readIfThere(Path file) {
    return Files.exists(file) ? require(file) : Sites.usual();
  }

  static Sites parse(Path file, String text) {
    var reader = new SitesFile(file);
    Map<String, Entry> entries = reader.entries(text);
    if (reader.problems.hasErrors()) {
      throw new ComposeFileException(reader.problems.errors());
    }
    return new Sites(entries, Sites.usual().certificates());
  }

  private Map<String, Entry> entries(String text) {
    List<Document> documents = YamlReader.read(Source.of(file.toString()), text, problems);
    var entries = new LinkedHashMap<String, Entry>();
    for (Document document : documents) {
      Mapping root = mapping(document.tree(), TreePath.ROOT);
      checkKeys(root, TreePath.ROOT, Set.of("registries"));
      root.get("registries")
          .map(node -> mapping(node, TreePath.of("registries")))
          .ifPresent(
              all ->
                  all.entries()
                      .forEach(
                          (domain, entry) ->
                              entries.put(
                                  domain,
                                  entry(entry.value(), TreePath.of("registries", domain)))));
    }
    return entries;
  }

  private Entry entry(Node node, TreePath path) {
    Mapping mapping = mapping(node, path);
    checkKeys(mapping, path, KEYS);
    return new Entry(
        texts(mapping, path, "mirrors").stream()
            .flatMap(text -> mirror(text, path.child("mirrors")).stream())
            .toList(),
        flag(mapping, path, "plain-http"),
        flag(mapping, path, "insecure"),
        texts(mapping, path, "ca").stream().map(text -> file(text.text())).toList(),
        identity(mapping, path),
        new HashSet<>(texts(mapping, path, "trust").stream().map(Scalar::text).toList()));
  }

  private Optional<Tls.Identity> identity(Mapping mapping, TreePath path) {
    List<Scalar> certificate = texts(mapping, path, "certificate");
    List<Scalar> key = texts(mapping, path, "key");
    if (certificate.size() != key.size()) {
      problems.error(
          Code.INCOMPLETE,
          mapping.place(),
          path,
          "certificate and key belong together",
          "write both");
      return Optional.empty();
    }
    return certificate.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Tls.Identity(file(certificate.getFirst().text()), file(key.getFirst().text())));
  }

  private Path file(String text) {
    return file.toAbsolutePath().resolveSibling(text).normalize();
  }

  private Optional<URI> mirror(Scalar scalar, TreePath path) {
    String text = scalar.text();
    try {
      URI uri = URI.create(text.contains("://") ? text : "https://" + text);
      boolean known = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (known
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    problems.error(
        Code.INVALID_ADDRESS,
        scalar.place(),
        path,
        "\"%s\" is no address of a registry".formatted(text),
        "write https://host[:port][/path], or http:// where there is no TLS");
    return Optional.empty();
  }

  private Mapping mapping(Node node, TreePath path) {
    if (node instanceof Mapping mapping) {
      return mapping;
    }
    if (!(node instanceof Scalar scalar && scalar.isNull())) {
      wrong(node, path, "a mapping");
    }
    return Mapping.empty(node.place());
  }

  private void wrong(Node node, TreePath path, String wanted) {
    problems.error(
        Code.WRONG_KIND,
        node.place(),
        path,
        "%s is wanted, this is %s".formatted(wanted, node.kind()));
  }

  private void checkKeys(Mapping mapping, TreePath path, Set<String> known) {
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                problems.error(
                    Code.UNKNOWN_ATTRIBUTE,
                    entry.key(),
                    path.child(key),
                    "unknown key \"%s\"".formatted(key),
                    Suggestion.or(key, known, "known are " + String.join(", ", sorted(known))));
              }
            });
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }

  private boolean flag(Mapping mapping, TreePath path, String key) {
    Optional<Node> node = mapping.get(key);
    if (node.isEmpty()) {
      return false;
    }
    if (node.get() instanceof Scalar scalar && Set.of("true", "false").contains(scalar.text())) {
      return scalar.text().equals("true");
    }
    wrong(node.get(), path.child(key), "true or false");
    return false;
  }

  /// One text or a list of texts.
  private List<Scalar> texts(Mapping mapping, TreePath path, String key) {
    Optional<Node> node = mapping.get(key);
    if (node.isEmpty()) {
      return List.of();
    }
    List<Node> items =
        node.get() instanceof Sequence sequence ? sequence.items() : List.of(node.get());
    var texts = new ArrayList<Scalar>();
    for (Node item : items) {
      if (item instanceof Scalar scalar && !scalar.isNull() && !scalar.text().isEmpty()) {
        texts.add(scalar);
      } else {
        wrong(item, path.child(key), "a text");
      }
    }
    return texts;
  }
}
