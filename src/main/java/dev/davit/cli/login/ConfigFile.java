package dev.davit.cli.login;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.registry.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Docker's `config.json`, as far as credentials are in it. What else is in it stays as it is.
final class ConfigFile {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String AUTHS = "auths";
  private static final String HELPERS = "credHelpers";
  private static final String STORE = "credsStore";

  private final Path file;
  private final ObjectNode root;

  private ConfigFile(Path file, ObjectNode root) {
    this.file = file;
    this.root = root;
  }

  /// The file as it is now, empty where there is none.
  static ConfigFile read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      JsonNode node = bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
      if (node instanceof ObjectNode object) {
        return new ConfigFile(file, object);
      }
      throw unreadable(file, "it is no JSON object");
    } catch (NoSuchFileException e) {
      return new ConfigFile(file, JSON.createObjectNode());
    } catch (IOException e) {
      throw unreadable(file, String.valueOf(e.getMessage()));
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw unreadable(
          file,
          (at == null ? "" : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr()))
              + e.getOriginalMessage());
    }
  }

  private static DavitException unreadable(Path file, String why) {
    return new DavitException(
        Kind.INVALID,
        "\"%s\" cannot be read: %s".formatted(file, why),
        "it is Docker's file of logins: correct it, or set DOCKER_CONFIG to another directory");
  }

  Path path() {
    return file;
  }

  /// The helper program for a server, by the end of its name.
  Optional<String> helper(String server) {
    return Stream.of(root.path(HELPERS).path(server), root.path(STORE))
        .map(node -> node.asString(""))
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  /// The credential that is in the file itself.
  Optional<Credential> credential(String server) {
    return entry(server).flatMap(ConfigFile::credential);
  }

  private Optional<JsonNode> entry(String server) {
    JsonNode exact = root.path(AUTHS).path(server);
    if (!exact.isMissingNode()) {
      return Optional.of(exact);
    }
    // Older logins have a URL for a key.
    return root.path(AUTHS).properties().stream()
        .filter(entry -> Server.host(entry.getKey()).equals(Server.host(server)))
        .<JsonNode>map(Map.Entry::getValue)
        .findFirst();
  }

  private static Optional<Credential> credential(JsonNode entry) {
    String user = entry.path("username").asString("");
    String password = entry.path("password").asString("");
    String pair = decoded(entry.path("auth").asString(""));
    int colon = pair.indexOf(':');
    if (colon > 0) {
      user = pair.substring(0, colon);
      password = pair.substring(colon + 1);
    }
    String token = entry.path("identitytoken").asString("");
    if (!token.isEmpty()) {
      return Optional.of(new Credential.IdentityToken(user, token));
    }
    return user.isEmpty() ? Optional.empty() : Optional.of(new Credential.Password(user, password));
  }

  private static String decoded(String auth) {
    try {
      String text = new String(Base64.getMimeDecoder().decode(auth), StandardCharsets.UTF_8);
      return text.replaceFirst("\0+$", "");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /// Remembers a credential in the file itself.
  void put(String server, Credential credential) {
    ObjectNode entry = JSON.createObjectNode();
    switch (credential) {
      case Credential.Password(var user, var password) ->
          entry.put("auth", encoded(user + ":" + password));
      case Credential.IdentityToken(var user, var token) -> {
        entry.put("auth", encoded(user + ":"));
        entry.put("identitytoken", token);
      }
    }
    auths().set(server, entry);
  }

  /// Remembers that a helper has the credential.
  void putEmpty(String server) {
    auths().set(server, JSON.createObjectNode());
  }

  private static String encoded(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private ObjectNode auths() {
    return root.path(AUTHS) instanceof ObjectNode auths ? auths : root.putObject(AUTHS);
  }

  /// Whether there was something to forget.
  boolean remove(String server) {
    if (!(root.path(AUTHS) instanceof ObjectNode auths)) {
      return false;
    }
    var names =
        auths.propertyNames().stream()
            .filter(name -> Server.host(name).equals(Server.host(server)))
            .toList();
    names.forEach(auths::remove);
    return !names.isEmpty();
  }

  /// Writes it back: nobody ever sees half of it, and nobody but its owner reads it.
  void write() {
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file;
      Path directory = Objects.requireNonNull(target.toAbsolutePath().getParent());
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path beside =
          Files.createTempFile(
              directory,
              "config.json",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.writeString(beside, text());
        keepOwner(target, directory, beside);
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new DavitException(
          Kind.DENIED, "\"%s\" cannot be written: %s".formatted(file, e.getMessage()), null, e);
    }
  }

  private static void keepOwner(Path target, Path directory, Path beside) throws IOException {
    PosixFileAttributes before =
        Files.readAttributes(Files.exists(target) ? target : directory, PosixFileAttributes.class);
    var view = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
    PosixFileAttributes now = view.readAttributes();
    if (!now.owner().equals(before.owner())) {
      view.setOwner(before.owner());
    }
    if (!now.group().equals(before.group())) {
      view.setGroup(before.group());
    }
  }

  // As Docker writes it, so that the diff is what has changed.
  private String text() {
    var printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    var tab = new DefaultIndenter("\t", "\n");
    printer.indentArraysWith(tab);
    printer.indentObjectsWith(tab);
    return JSON.writer().with(printer).writeValueAsString(root);
  }
}
