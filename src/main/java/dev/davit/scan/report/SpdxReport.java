package dev.davit.scan.report;

import dev.davit.scan.Inventory;
import dev.davit.scan.SoftwarePackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An inventory as an SPDX document, version 2.3 (spdx.github.io/spdx-spec/v2.3).
public final class SpdxReport {
  private static final String NONE = "NOASSERTION";
  private static final String DOCUMENT = "SPDXRef-DOCUMENT";
  private static final String IMAGE = "SPDXRef-Image";

  private SpdxReport() {}

  public static String print(Subject subject, Inventory inventory) {
    var packages = new ArrayList<Map<String, Object>>();
    var relations = new ArrayList<Map<String, Object>>();
    packages.add(image(subject));
    relations.add(relation(DOCUMENT, "DESCRIBES", IMAGE));
    for (int i = 0; i < inventory.packages().size(); i++) {
      String id = "SPDXRef-Package-" + (i + 1);
      packages.add(software(id, inventory.packages().get(i), inventory));
      relations.add(relation(IMAGE, "CONTAINS", id));
    }
    return Document.print(
        Document.of(
            "spdxVersion",
            "SPDX-2.3",
            "dataLicense",
            "CC0-1.0",
            "SPDXID",
            DOCUMENT,
            "name",
            subject.name(),
            "documentNamespace",
            "urn:uuid:" + subject.uuid("spdx"),
            "creationInfo",
            Document.of(
                "created",
                subject.seconds(),
                "creators",
                List.of("Tool: %s-%s".formatted(subject.tool(), subject.version()))),
            "comment",
            String.join("; ", inventory.notes()),
            "packages",
            packages,
            "relationships",
            relations));
  }

  private static Map<String, Object> image(Subject subject) {
    Map<String, Object> image = entry(IMAGE, subject.name(), subject.id(), "CONTAINER");
    image.put(
        "checksums",
        List.of(
            Document.of(
                "algorithm", "SHA256", "checksumValue", subject.id().replace("sha256:", ""))));
    return image;
  }

  private static Map<String, Object> software(
      String id, SoftwarePackage software, Inventory inventory) {
    Map<String, Object> entry = entry(id, software.name(), software.version(), "LIBRARY");
    entry.put(
        "sourceInfo",
        "found in %s%s"
            .formatted(
                software.location(),
                software.isGuess() ? ", which does not say its group: it is a guess" : ""));
    entry.put(
        "externalRefs",
        List.of(
            Document.of(
                "referenceCategory",
                "PACKAGE-MANAGER",
                "referenceType",
                "purl",
                "referenceLocator",
                software.purl(inventory.os()))));
    return entry;
  }

  private static Map<String, Object> entry(String id, String name, String version, String purpose) {
    Map<String, Object> entry =
        Document.of("SPDXID", id, "name", name, "versionInfo", version, "downloadLocation", NONE);
    entry.put("filesAnalyzed", false);
    entry.put("licenseConcluded", NONE);
    entry.put("licenseDeclared", NONE);
    entry.put("copyrightText", NONE);
    entry.put("primaryPackagePurpose", purpose);
    return entry;
  }

  private static Map<String, Object> relation(String from, String type, String to) {
    return Document.of("spdxElementId", from, "relationshipType", type, "relatedSpdxElement", to);
  }
}
