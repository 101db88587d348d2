package dev.davit.cli.object;

import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.scan.SoftwarePackage;
import dev.davit.scan.osv.Finding;

/// A package of an image, or what is wrong with one.
record PackageRow(String name, String version, String type, String arch, String location) {
  static final Layout<PackageRow> LAYOUT =
      Layout.of(PackageRow.class, "{{.Name}}\t{{.Version}}\t{{.Type}}\t{{.Location}}");

  static PackageRow of(SoftwarePackage software) {
    return new PackageRow(
        software.name(),
        software.version(),
        software.type().word(),
        software.architecture(),
        software.location());
  }

  /// A finding.
  record Wrong(
      String severity,
      String advisory,
      String match,
      @Header("PACKAGE") String name,
      String version,
      @Header("FIXED IN") String fixed,
      String summary) {
    static final Layout<Wrong> LAYOUT =
        Layout.of(
            Wrong.class,
            "{{.Severity}}\t{{.Advisory}}\t{{.Match}}\t{{.Name}}\t{{.Version}}\t{{.Fixed}}\t{{.Summary}}");

    static Wrong of(Finding finding) {
      return new Wrong(
          finding.severity().word(),
          finding.advisory().id(),
          finding.match(),
          finding.software().name(),
          finding.software().version(),
          finding.fixed(),
          finding.advisory().summary());
    }
  }
}
