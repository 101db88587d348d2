package dev.davit.scan;

import dev.davit.scan.SoftwarePackage.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What rpm has installed, of its database in SQLite (rpm 4.16 and later).
final class RpmDatabase {
  private static final List<String> PLACES = List.of("/usr/lib/sysimage/rpm", "/var/lib/rpm");
  private static final long LARGEST = 2L << 30;
  private static final Pattern SOURCE_RPM =
      Pattern.compile("(.+)-([^-]+-[^-]+)\\.(?:no)?src\\.rpm");

  private final ImageFiles files;

  RpmDatabase(ImageFiles files) {
    this.files = files;
  }

  List<SoftwarePackage> packages() {
    var packages = new ArrayList<SoftwarePackage>();
    for (String place : PLACES) {
      List<String> names = files.names(place);
      boolean isRead =
          files.open(
              place + "/rpmdb.sqlite",
              LARGEST,
              (path, file) -> {
                for (SqliteTable.Row row : new SqliteTable(file).rows("Packages")) {
                  of(row, path).ifPresent(packages::add);
                }
              });
      if (isRead) {
        files.open(
            place + "/rpmdb.sqlite-wal",
            LARGEST,
            (path, file) -> {
              if (file.size() > 0) {
                files.note(path + " has changes that are not in the database yet: not seen");
              }
            });
        return packages;
      }
      if (names.contains("Packages") || names.contains("Packages.db")) {
        files.note(place + " has an rpm database in an old format, which is not read");
      }
    }
    return packages;
  }

  private static Optional<SoftwarePackage> of(SqliteTable.Row row, String location)
      throws IOException {
    if (row.values().size() < 2 || !(row.values().get(1) instanceof byte[] blob)) {
      throw new IOException("row %d of Packages has no header".formatted(row.id()));
    }
    RpmHeader header = RpmHeader.parse(blob);
    String name = header.text(RpmHeader.NAME);
    // Keys are no software.
    if (name.isEmpty() || name.equals("gpg-pubkey")) {
      return Optional.empty();
    }
    String release = header.text(RpmHeader.VERSION) + "-" + header.text(RpmHeader.RELEASE);
    String epoch = header.number(RpmHeader.EPOCH).map(it -> it + ":").orElse("");
    Matcher source = SOURCE_RPM.matcher(header.text(RpmHeader.SOURCE_RPM));
    return Optional.of(
        new SoftwarePackage(
            PackageType.RPM,
            name,
            epoch + release,
            header.text(RpmHeader.ARCHITECTURE),
            source.matches()
                ? new Origin(source.group(1), epoch + source.group(2))
                : new Origin(name, epoch + release),
            location));
  }
}
