package dev.davit.cli.object;

import dev.davit.cli.Diagnostics;
import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.stack.Machine;
import dev.davit.content.Hold;
import dev.davit.error.Code;
import dev.davit.image.Image;
import dev.davit.scan.Inventory;
import dev.davit.scan.Scanner;
import dev.davit.scan.SoftwarePackage;
import dev.davit.scan.osv.AdvisoryDirectory;
import dev.davit.scan.osv.AdvisoryDirectory.Matched;
import dev.davit.scan.osv.Finding;
import dev.davit.scan.osv.Severity;
import dev.davit.scan.report.CycloneDxReport;
import dev.davit.scan.report.SpdxReport;
import dev.davit.scan.report.Subject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// `davit scan`.
public final class ScanCommand {
  /// The exit code where something is as bad as `--fail-on` says.
  private static final int BAD = 2;

  private final Machine machine;
  private final String version;

  /// @param version Davit's, for the documents
  public ScanCommand(Machine machine, String version) {
    this.machine = machine;
    this.version = version;
  }

  private enum Form {
    TABLE,
    SPDX,
    CYCLONEDX;

    static Form parse(String word) {
      return switch (word) {
        case "table" -> TABLE;
        case "spdx", "spdx-json" -> SPDX;
        case "cyclonedx", "cyclonedx-json" -> CYCLONEDX;
        default ->
            throw new UsageException(
                Code.INVALID_OPTION,
                "unknown format \"%s\"".formatted(word),
                "write table, spdx or cyclonedx",
                word);
      };
    }
  }

  @Command(
      name = {"image", "scan"},
      alias = "scan",
      group = ContainerLists.GROUP,
      description = "List the packages in an image, and what is known to be wrong with them",
      completionProvider = "images")
  @Usage("IMAGE")
  int scan(
      Session session,
      @Option(description = "Directory of advisories in the OSV format to look into")
          @Nullable String db,
      @Option(defaultValue = "table", description = "Form of the output (table|spdx|cyclonedx)")
          String format,
      @Option(description = "Return 2 if something is that bad or worse (low|medium|high|critical)")
          @Nullable String failOn,
      @Argument(index = 0) String image) {
    Form form = Form.parse(format);
    Optional<Severity> limit = Optional.ofNullable(failOn).map(ScanCommand::severity);
    if (limit.isPresent() && db == null) {
      throw new UsageException("--fail-on needs advisories", "name their directory with --db");
    }
    Optional<AdvisoryDirectory> advisories =
        Optional.ofNullable(db).map(it -> new AdvisoryDirectory(session.cwd().resolve(it)));
    Image found = machine.images().require(image);
    Inventory inventory = inventory(found);
    inventory.notes().forEach(note -> Diagnostics.warn(session, note));
    Optional<Matched> matched = advisories.map(it -> it.match(inventory));
    List<Finding> findings = matched.map(Matched::findings).orElse(List.of());
    session.print(
        switch (form) {
          case TABLE -> table(inventory, matched);
          case SPDX -> SpdxReport.print(subject(image, found), inventory) + "\n";
          case CYCLONEDX ->
              CycloneDxReport.print(subject(image, found), inventory, findings) + "\n";
        });
    session.note(summary(inventory, matched));
    return limit.filter(it -> isReached(findings, it)).isPresent() ? BAD : 0;
  }

  private static Severity severity(String word) {
    return Arrays.stream(Severity.values())
        .filter(it -> it != Severity.UNKNOWN && it.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    Code.INVALID_OPTION,
                    "unknown severity \"%s\"".formatted(word),
                    "write low, medium, high or critical",
                    word));
  }

  private Inventory inventory(Image image) {
    try (Hold _ = machine.store().hold()) {
      return Scanner.of(image);
    }
  }

  private Subject subject(String name, Image image) {
    return new Subject(name, image.id(), Instant.now(), "davit", version);
  }

  private static String table(Inventory inventory, Optional<Matched> matched) {
    return matched
        .map(
            it ->
                PackageRow.Wrong.LAYOUT.print(
                    "", it.findings().stream().map(PackageRow.Wrong::of).toList()))
        .orElseGet(
            () ->
                PackageRow.LAYOUT.print(
                    "", inventory.packages().stream().map(PackageRow::of).toList()));
  }

  private static boolean isReached(List<Finding> findings, Severity limit) {
    return findings.stream().anyMatch(it -> it.severity().compareTo(limit) >= 0);
  }

  private static String summary(Inventory inventory, Optional<Matched> matched) {
    String packages =
        "%d packages in %s"
            .formatted(
                inventory.packages().size(),
                inventory.os().name().isEmpty()
                    ? "an image of no known distribution"
                    : inventory.os().name());
    long guessed = inventory.packages().stream().filter(SoftwarePackage::isGuess).count();
    return packages
        + (guessed == 0
            ? ""
            : ", %d of them Java archives whose group is a guess".formatted(guessed))
        + matched
            .map(
                it ->
                    "; %d findings by %d advisories, of which %d are about this distribution or Maven"
                        .formatted(it.findings().size(), it.advisories(), it.relevant()))
            .orElse("");
  }
}
