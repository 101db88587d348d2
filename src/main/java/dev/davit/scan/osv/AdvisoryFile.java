package dev.davit.scan.osv;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.scan.osv.Advisory.Affected;
import dev.davit.scan.osv.Advisory.Event;
import dev.davit.scan.osv.Advisory.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads an advisory (ossf.github.io/osv-schema, version 1).
final class AdvisoryFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long LARGEST = 64 << 20;

  private AdvisoryFile() {}

  /// The advisory in `file`; empty where it was withdrawn. `INVALID` where it is none.
  static Optional<Advisory> read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw wrong(file, "has more than %d bytes".formatted(LARGEST));
      }
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (text(root, "id").isEmpty()) {
        throw wrong(file, "has no \"id\"");
      }
      return root.hasNonNull("withdrawn") ? Optional.empty() : Optional.of(advisory(root));
    } catch (JacksonException e) {
      throw wrong(file, "is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new DavitException(
          Kind.UNAVAILABLE, "\"%s\" cannot be read: %s".formatted(file, e.getMessage()), null, e);
    }
  }

  private static DavitException wrong(Path file, String why) {
    return new DavitException(
        Kind.INVALID,
        "advisory \"%s\" %s".formatted(file, why),
        "--db wants a directory with advisories in the OSV format, one a file");
  }

  private static Advisory advisory(JsonNode root) {
    var aliases = new ArrayList<>(texts(root.path("aliases")));
    aliases.addAll(texts(root.path("upstream")));
    String vector = "";
    Severity scored = Severity.UNKNOWN;
    for (JsonNode each : root.path("severity")) {
      String score = text(each, "score");
      Severity found =
          text(each, "type").startsWith("CVSS")
              ? Severity.ofScore(CvssScore.of(score))
              : Severity.ofWord(score);
      if (found.compareTo(scored) > 0) {
        scored = found;
      }
      vector = score.startsWith("CVSS:") && vector.isEmpty() ? score : vector;
    }
    Severity said = Severity.ofWord(text(root.path("database_specific"), "severity"));
    var affected = new ArrayList<Affected>();
    for (JsonNode each : root.path("affected")) {
      affected.add(affected(each));
    }
    return new Advisory(
        text(root, "id"),
        aliases.stream().distinct().toList(),
        text(root, "summary"),
        vector,
        said == Severity.UNKNOWN ? scored : said,
        affected);
  }

  private static Affected affected(JsonNode node) {
    var ranges = new ArrayList<Range>();
    for (JsonNode range : node.path("ranges")) {
      // Of the third type, GIT, are commits and no versions.
      if (!text(range, "type").equals("GIT")) {
        ranges.add(range(range));
      }
    }
    JsonNode specific = node.path("ecosystem_specific");
    Severity severity = Severity.ofWord(text(specific, "severity"));
    if (severity == Severity.UNKNOWN) {
      severity = Severity.ofWord(text(specific, "urgency"));
    }
    return new Affected(
        text(node.path("package"), "ecosystem"),
        text(node.path("package"), "name"),
        texts(node.path("versions")),
        ranges,
        severity);
  }

  private static Range range(JsonNode node) {
    var events = new ArrayList<Event>();
    for (JsonNode event : node.path("events")) {
      for (var each : event.properties()) {
        events.add(new Event(each.getKey(), each.getValue().asString("")));
      }
    }
    return new Range(events);
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isString() ? value.asString() : "";
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(each -> texts.add(each.asString("")));
    return texts;
  }
}
