package dev.davit.scan.report;

import dev.davit.scan.Inventory;
import dev.davit.scan.Os;
import dev.davit.scan.PackageType;
import dev.davit.scan.SoftwarePackage;
import dev.davit.scan.osv.Advisory;
import dev.davit.scan.osv.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An inventory, and what is known to be wrong with it, as a CycloneDX document, version 1.6
/// (cyclonedx.org/docs/1.6).
public final class CycloneDxReport {
  private final Subject subject;
  private final Inventory inventory;
  private final Map<SoftwarePackage, String> references = new HashMap<>();

  private CycloneDxReport(Subject subject, Inventory inventory) {
    this.subject = subject;
    this.inventory = inventory;
    for (int i = 0; i < inventory.packages().size(); i++) {
      references.put(inventory.packages().get(i), "package-" + (i + 1));
    }
  }

  public static String print(Subject subject, Inventory inventory, List<Finding> findings) {
    return new CycloneDxReport(subject, inventory).print(findings);
  }

  private String print(List<Finding> findings) {
    var components = new ArrayList<Map<String, Object>>();
    Os os = inventory.os();
    if (!os.id().isEmpty()) {
      components.add(
          Document.of(
              "type",
              "operating-system",
              "bom-ref",
              "os",
              "name",
              os.id(),
              "version",
              os.version(),
              "description",
              os.name()));
    }
    inventory.packages().forEach(each -> components.add(component(each)));
    Map<String, Object> document =
        Document.of("bomFormat", "CycloneDX", "specVersion", "1.6", "serialNumber", serial());
    document.put("version", 1);
    document.put("metadata", metadata());
    document.put("components", components);
    document.put("vulnerabilities", vulnerabilities(findings));
    return Document.print(document);
  }

  private String serial() {
    return "urn:uuid:" + subject.uuid("cyclonedx");
  }

  private Map<String, Object> metadata() {
    Map<String, Object> tool =
        Document.of("type", "application", "name", subject.tool(), "version", subject.version());
    return Document.of(
        "timestamp",
        subject.seconds(),
        "tools",
        Document.of("components", List.of(tool)),
        "component",
        Document.of(
            "type",
            "container",
            "bom-ref",
            "image",
            "name",
            subject.name(),
            "version",
            subject.id()),
        "properties",
        inventory.notes().stream().map(note -> property("davit:note", note)).toList());
  }

  private static Map<String, Object> property(String name, String value) {
    return Document.of("name", name, "value", value);
  }

  private Map<String, Object> component(SoftwarePackage software) {
    var properties = new ArrayList<Map<String, Object>>();
    properties.add(property("davit:location", software.location()));
    if (software.isGuess()) {
      properties.add(property("davit:group", "guessed"));
    }
    int colon = software.type() == PackageType.MAVEN ? software.name().indexOf(':') : -1;
    return Document.of(
        "type",
        "library",
        "bom-ref",
        references.getOrDefault(software, ""),
        "group",
        colon < 0 ? "" : software.name().substring(0, colon),
        "name",
        software.name().substring(colon + 1),
        "version",
        software.version(),
        "purl",
        software.purl(inventory.os()),
        "properties",
        properties);
  }

  private List<Map<String, Object>> vulnerabilities(List<Finding> findings) {
    Map<String, List<Finding>> byId = new LinkedHashMap<>();
    findings.forEach(
        it -> byId.computeIfAbsent(it.advisory().id(), _ -> new ArrayList<>()).add(it));
    return byId.values().stream().map(this::vulnerability).toList();
  }

  private Map<String, Object> vulnerability(List<Finding> findings) {
    Advisory advisory = findings.getFirst().advisory();
    Map<String, Object> rating = Document.of("severity", findings.getFirst().severity().word());
    if (advisory.vector().startsWith("CVSS:3")) {
      rating.put("method", advisory.vector().startsWith("CVSS:3.0") ? "CVSSv3" : "CVSSv31");
      rating.put("vector", advisory.vector());
    }
    return Document.of(
        "id",
        advisory.id(),
        "references",
        advisory.aliases().stream()
            .map(alias -> Document.of("id", alias, "source", Document.of("name", "OSV")))
            .toList(),
        "ratings",
        List.of(rating),
        "description",
        advisory.summary(),
        "recommendation",
        recommendation(findings),
        "affects",
        findings.stream().map(it -> Document.of("ref", reference(it))).toList(),
        "properties",
        findings.stream()
            .filter(Finding::isPossible)
            .map(it -> property("davit:possible-match", reference(it)))
            .toList());
  }

  private String reference(Finding finding) {
    return references.getOrDefault(finding.software(), "");
  }

  private static String recommendation(List<Finding> findings) {
    return String.join(
        "; ",
        findings.stream()
            .filter(it -> !it.fixed().isEmpty())
            .map(it -> "%s: %s".formatted(it.software().name(), it.fixed()))
            .distinct()
            .toList());
  }
}
