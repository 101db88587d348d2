package dev.davit.image;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Optional;
import java.util.regex.Pattern;

/// A name of an image in full: `docker.io/library/redis:7`. Grammar and short names are those of
/// distribution/reference.
///
/// @param domain the registry, with its port if it has one
/// @param path the repository in the registry
/// @param tag `latest` where the text has neither tag nor digest
/// @param digest `sha256:…`
public record Reference(String domain, String path, Optional<String> tag, Optional<String> digest) {

  private static final String DEFAULT_DOMAIN = "docker.io";
  private static final String OFFICIAL = "library/";

  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
              + "(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*"
              + "|\\[[a-fA-F0-9:]+])(?::[0-9]+)?");
  private static final String COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  private static final Pattern PATH = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern DIGEST =
      Pattern.compile("[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}");
  private static final String SHA256 = "sha256:";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  /// The id `sha256:…` that `text` is, where it is one and no name; it may be written bare.
  public static Optional<String> id(String text) {
    if (ID.matcher(text).matches()) {
      return Optional.of(SHA256 + text);
    }
    return text.startsWith(SHA256) ? Optional.of(text) : Optional.empty();
  }

  /// The reference that `text` means; `INVALID` says what is wrong with it.
  public static Reference parse(String text) {
    if (ID.matcher(text).matches()) {
      throw invalid(text, "64 hexadecimal digits are an id, not a name");
    }
    String rest = text;
    Optional<String> digest = Optional.empty();
    int at = rest.indexOf('@');
    if (at >= 0) {
      digest = Optional.of(rest.substring(at + 1));
      rest = rest.substring(0, at);
    }
    Optional<String> tag = Optional.empty();
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      tag = Optional.of(rest.substring(colon + 1));
      rest = rest.substring(0, colon);
    } else if (digest.isEmpty()) {
      tag = Optional.of("latest");
    }
    String domain = domain(rest);
    String path = rest.equals(domain) ? rest : rest.substring(pathStart(rest));
    if (domain.equals(DEFAULT_DOMAIN) && path.indexOf('/') < 0) {
      path = OFFICIAL + path;
    }
    var reference = new Reference(domain, path, tag, digest);
    reference.check(text);
    return reference;
  }

  // As docker: the first component is a domain only if it looks like one.
  private static int pathStart(String rest) {
    int slash = rest.indexOf('/');
    if (slash < 0) {
      return 0;
    }
    String first = rest.substring(0, slash);
    boolean domain =
        first.indexOf('.') >= 0
            || first.indexOf(':') >= 0
            || first.equals("localhost")
            || first.chars().anyMatch(Character::isUpperCase);
    return domain ? slash + 1 : 0;
  }

  private static String domain(String rest) {
    int start = pathStart(rest);
    String domain = start == 0 ? DEFAULT_DOMAIN : rest.substring(0, start - 1);
    return domain.equals("index.docker.io") ? DEFAULT_DOMAIN : domain;
  }

  private void check(String text) {
    if (!DOMAIN.matcher(domain).matches()) {
      throw invalid(text, "\"" + domain + "\" is no registry host");
    }
    if (!path.equals(path.toLowerCase(java.util.Locale.ROOT))) {
      throw invalid(text, "write the repository in lower case");
    }
    if (!PATH.matcher(path).matches()) {
      throw invalid(text, "write it as [registry/]name[:tag][@digest]");
    }
    if (domain.length() + path.length() > 254) {
      throw invalid(text, "a repository name has 255 characters at most");
    }
    tag.filter(value -> !TAG.matcher(value).matches())
        .ifPresent(
            value -> {
              throw invalid(text, "\"" + value + "\" is no tag");
            });
    digest
        .filter(value -> !DIGEST.matcher(value).matches())
        .ifPresent(
            value -> {
              throw invalid(text, "\"" + value + "\" is no digest");
            });
  }

  private static DavitException invalid(String text, String action) {
    return new DavitException(
            Kind.INVALID, "invalid image reference \"%s\"".formatted(text), action)
        .about(Culprit.of(Part.IMAGE));
  }

  /// The short form that people write: `redis:7`, `davit/host`; the tag `latest` is left out.
  public String familiar() {
    String name = path;
    if (!domain.equals(DEFAULT_DOMAIN)) {
      name = domain + "/" + path;
    } else if (path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0) {
      name = path.substring(OFFICIAL.length());
    }
    return name
        + tag.filter(value -> !value.equals("latest")).map(value -> ":" + value).orElse("")
        + digest.map(value -> "@" + value).orElse("");
  }

  /// As [#familiar], but always with its tag: `redis:latest`.
  public String tagged() {
    boolean latest = tag.filter(value -> value.equals("latest")).isPresent() && digest.isEmpty();
    return latest ? familiar() + ":latest" : familiar();
  }

  /// The full form: `docker.io/library/redis:7`.
  @Override
  public String toString() {
    return domain
        + "/"
        + path
        + tag.map(value -> ":" + value).orElse("")
        + digest.map(value -> "@" + value).orElse("");
  }
}
