package dev.davit.scan;

import static java.util.Comparator.comparing;

import dev.davit.archive.FileTree;
import dev.davit.image.Image;
import dev.davit.image.Rootfs;
import java.util.ArrayList;
import java.util.List;

/// Finds the packages of an image: those of dpkg, apk and rpm, and Java archives.
public final class Scanner {
  private static final int SMALL = 1 << 20;

  private Scanner() {}

  /// What is in `image`.
  public static Inventory of(Image image) {
    try (FileTree tree = FileTree.ofOneMount(Rootfs.view(image.lowerdirs()))) {
      return of(tree);
    }
  }

  private static Inventory of(FileTree tree) {
    var files = new ImageFiles(tree);
    var packages = new ArrayList<SoftwarePackage>();
    packages.addAll(new DpkgDatabase(files).packages());
    packages.addAll(new ApkDatabase(files).packages());
    packages.addAll(new RpmDatabase(files).packages());
    packages.addAll(new JavaArchives(files).packages());
    return new Inventory(
        os(files),
        packages.stream()
            .distinct()
            .sorted(
                comparing(SoftwarePackage::type)
                    .thenComparing(SoftwarePackage::name)
                    .thenComparing(SoftwarePackage::version)
                    .thenComparing(SoftwarePackage::location))
            .toList(),
        files.notes());
  }

  private static Os os(ImageFiles files) {
    for (String path : List.of("/etc/os-release", "/usr/lib/os-release")) {
      String text = files.text(path, SMALL);
      if (!text.isEmpty()) {
        return Os.parse(text);
      }
    }
    return Os.UNKNOWN;
  }
}
