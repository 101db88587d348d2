package dev.davit.scan.osv;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.scan.Inventory;
import dev.davit.scan.SoftwarePackage;
import dev.davit.scan.osv.Advisory.Affected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The advisories of a directory, each file `*.json` below it one.
public final class AdvisoryDirectory {
  private final Path directory;

  /// `NOT_FOUND` where there is no such directory.
  public AdvisoryDirectory(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new DavitException(
          Kind.NOT_FOUND,
          "no directory \"%s\"".formatted(directory),
          "unpack the advisories of your distribution there: --db reads nothing from the network");
    }
    this.directory = directory;
  }

  /// What of an inventory they are about.
  ///
  /// @param findings the worst first
  /// @param advisories how many were looked at
  /// @param relevant how many of them are about the image's distribution or Maven at all
  public record Matched(List<Finding> findings, long advisories, long relevant) {
    public Matched {
      findings = List.copyOf(findings);
    }
  }

  public Matched match(Inventory inventory) {
    Map<String, List<SoftwarePackage>> byName =
        inventory.packages().stream().collect(groupingBy(Matching::name));
    Map<String, List<SoftwarePackage>> guessed =
        inventory.packages().stream()
            .filter(SoftwarePackage::isGuess)
            .collect(groupingBy(Matching::artifact));
    var findings = new LinkedHashMap<List<Object>, Finding>();
    long advisories = 0;
    long relevant = 0;
    for (Path file : files()) {
      Advisory advisory = AdvisoryFile.read(file).orElse(null);
      if (advisory == null) {
        continue;
      }
      advisories++;
      relevant += isRelevant(advisory, inventory) ? 1 : 0;
      for (Affected affected : advisory.affected()) {
        Stream.concat(
                byName.getOrDefault(affected.name(), List.of()).stream(),
                guessed.getOrDefault(Matching.artifact(affected.name()), List.of()).stream())
            .distinct()
            .flatMap(it -> Matching.find(advisory, affected, it, inventory.os()).stream())
            .forEach(it -> add(findings, it));
      }
    }
    return new Matched(sorted(findings.values().stream().toList()), advisories, relevant);
  }

  // Several entries may be about one package: each range is one way to be affected.
  private static void add(Map<List<Object>, Finding> findings, Finding found) {
    findings.merge(
        List.of(found.advisory().id(), found.software()),
        found,
        (one, other) -> one.isPossible() && !other.isPossible() ? other : one);
  }

  private static boolean isRelevant(Advisory advisory, Inventory inventory) {
    return inventory.packages().stream()
        .map(SoftwarePackage::type)
        .distinct()
        .anyMatch(
            type ->
                advisory.affected().stream()
                    .anyMatch(it -> Ecosystem.isOf(it.ecosystem(), type, inventory.os())));
  }

  private static List<Finding> sorted(List<Finding> findings) {
    var sorted = new ArrayList<>(findings);
    sorted.sort(
        comparing(Finding::severity)
            .reversed()
            .thenComparing(finding -> finding.software().name())
            .thenComparing(finding -> finding.advisory().id()));
    return sorted;
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(it -> it.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new DavitException(
          Kind.UNAVAILABLE,
          "\"%s\" cannot be read: %s".formatted(directory, e.getMessage()),
          null,
          e);
    }
  }
}
