package dev.davit.artifact;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Template;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What published files say that their author may want to keep: all of it as it is written, before
/// variables are replaced.
public final class Disclosures {
  // A name that ends in _FILE says where the secret is, which is what it should do.
  private static final Pattern SENSITIVE =
      Pattern.compile(
          "(?i)(?!.*_file$).*(?:password|passwd|passphrase|pwd|secret|token|credential"
              + "|(?:access|account|api|auth|client|database|db|encryption|priv|private|service|signing)"
              + "_?key|(?:^|_)pass(?:_|$)|db_?pass).*");

  private final TreeMap<String, TreeSet<String>> literals = new TreeMap<>();
  private final TreeSet<String> withEnvFile = new TreeSet<>();
  private final TreeSet<String> contents = new TreeSet<>();
  private final TreeSet<String> left = new TreeSet<>();
  private final List<SecretScan.Found> secrets = new ArrayList<>();

  Disclosures() {}

  void scan(String file, String text) {
    secrets.addAll(SecretScan.of(file, text));
  }

  void read(Mapping document) {
    Mapping services = document.mapping("services");
    services.keys().forEach(name -> service(name, services.mapping(name)));
    leftBy(document.mapping("configs"));
    leftBy(document.mapping("secrets"));
    Mapping configs = document.mapping("configs");
    configs.keys().stream()
        .filter(
            name ->
                configs.mapping(name).text("content").filter(Disclosures::isLiteral).isPresent())
        .forEach(contents::add);
  }

  private void left(Node files) {
    switch (files) {
      case Scalar file when !file.isNull() -> left.add(file.text());
      case Sequence list -> list.items().forEach(this::left);
      default -> {}
    }
  }

  private void leftBy(Mapping definitions) {
    definitions.keys().forEach(name -> definitions.mapping(name).text("file").ifPresent(left::add));
  }

  private void service(String name, Mapping service) {
    service.get("label_file").ifPresent(this::left);
    service.get("env_file").filter(Disclosures::isSaid).ifPresent(_ -> withEnvFile.add(name));
    switch (service.get("environment").orElse(null)) {
      case Mapping variables ->
          variables
              .keys()
              .forEach(key -> variables.text(key).ifPresent(it -> variable(name, key, it)));
      case Sequence list -> list.items().forEach(item -> variable(name, item));
      case null, default -> {}
    }
  }

  private static boolean isSaid(Node node) {
    return switch (node) {
      case Scalar scalar -> !scalar.isNull();
      case Sequence list -> !list.items().isEmpty();
      case Mapping _ -> true;
    };
  }

  private void variable(String service, Node item) {
    if (item instanceof Scalar scalar && scalar.text().indexOf('=') >= 0) {
      int equals = scalar.text().indexOf('=');
      variable(service, scalar.text().substring(0, equals), scalar.text().substring(equals + 1));
    }
  }

  private void variable(String service, String key, String value) {
    if (!value.isEmpty() && isLiteral(value) && SENSITIVE.matcher(key).matches()) {
      literals.computeIfAbsent(service, _ -> new TreeSet<>()).add(key);
    }
  }

  private static boolean isLiteral(String text) {
    try {
      return Template.mentions(text).isEmpty();
    } catch (MalformedException e) {
      return true;
    }
  }

  /// One line for each secret: `compose.yaml:7: GitHub token ghp_...`.
  public List<String> secrets() {
    return secrets.stream().map(SecretScan.Found::toString).toList();
  }

  /// One line for each service with `env_file`, and for each with values of variables whose names
  /// say that they are secret.
  public List<String> environment() {
    var names = new TreeSet<>(withEnvFile);
    names.addAll(literals.keySet());
    var lines = new ArrayList<String>();
    for (String name : names) {
      if (withEnvFile.contains(name)) {
        lines.add("service \"" + name + "\": env_file declared");
      }
      if (literals.containsKey(name)) {
        String keys = String.join("\", \"", literals.get(name));
        lines.add("service \"" + name + "\": literal value for \"" + keys + "\"");
      }
    }
    return lines;
  }

  public boolean hasEnvironmentFiles() {
    return !withEnvFile.isEmpty();
  }

  /// The files of configs, secrets and labels, as they are written: they are not published.
  public List<String> leftBehind() {
    return List.copyOf(left);
  }

  /// One line for each config whose content stands in a file.
  public List<String> contents() {
    return contents.stream().map(name -> "config \"" + name + "\"").toList();
  }
}
