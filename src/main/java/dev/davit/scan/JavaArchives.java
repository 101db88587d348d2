package dev.davit.scan;

import dev.davit.scan.SoftwarePackage.Origin;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// What Java archives say of themselves, and those in them: Maven's `pom.properties`, else the
/// manifest, else the name of the file.
final class JavaArchives {
  private static final List<String> ENDINGS = List.of(".jar", ".war", ".ear", ".jpi", ".hpi");
  private static final long LARGEST = 2L << 30;
  private static final int SMALL = 1 << 20;
  private static final int CHUNK = 64 * 1024;
  private static final int DEEPEST = 5;
  // Of all archives of an image together: beyond that it is an attack on whoever looks.
  private static final long MOST_BYTES = 16L << 30;
  private static final long MOST_ENTRIES = 5_000_000;

  private final ImageFiles files;
  private final List<SoftwarePackage> packages = new ArrayList<>();
  private long bytes;
  private long entries;

  JavaArchives(ImageFiles files) {
    this.files = files;
  }

  List<SoftwarePackage> packages() {
    files.each(ENDINGS, LARGEST, this::file);
    return packages;
  }

  private void file(String path, FileChannel file) throws IOException {
    long before = entries;
    archive(path, new BufferedInputStream(Channels.newInputStream(file), CHUNK), 0);
    if (entries == before) {
      files.note(path + " is no archive, or something stands before it: not looked into");
    }
  }

  /// What an archive says before it is known which of it counts.
  private static final class Found {
    final List<JarName> poms = new ArrayList<>();
    final CommonPackage classes = new CommonPackage();
    Manifest manifest = new Manifest();
  }

  private void archive(String path, InputStream in, int depth) throws IOException {
    var found = new Found();
    // Its end closes nothing: an archive in an archive ends before the outer one.
    var zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (++entries > MOST_ENTRIES) {
        throw new IOException("Java archives have more than %d entries".formatted(MOST_ENTRIES));
      }
      entry(path, entry.getName(), new Counted(zip), depth, found);
    }
    List<JarName> names = found.poms;
    if (names.isEmpty()) {
      Attributes manifest = found.manifest.getMainAttributes();
      names = JarName.guess(manifest, found.classes.name(), path).stream().toList();
    }
    if (names.isEmpty() && found.classes.isSeen()) {
      files.note(path + " says no version of itself: it is not listed");
    }
    for (JarName name : names) {
      String whole = name.group() + ":" + name.artifact();
      packages.add(
          new SoftwarePackage(
              PackageType.MAVEN,
              whole,
              name.version(),
              "",
              new Origin(whole, name.version()),
              path,
              name.isGuess()));
    }
  }

  private void entry(String path, String name, InputStream content, int depth, Found found)
      throws IOException {
    found.classes.add(name);
    if (name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties")) {
      var properties = new Properties();
      properties.load(new java.io.ByteArrayInputStream(content.readNBytes(SMALL)));
      JarName.of(properties).ifPresent(found.poms::add);
    } else if (name.equals("META-INF/MANIFEST.MF")) {
      found.manifest = new Manifest(new java.io.ByteArrayInputStream(content.readNBytes(SMALL)));
    } else if (depth < DEEPEST && ENDINGS.stream().anyMatch(name::endsWith)) {
      nested(path + "!" + name, content, depth);
    } else {
      // Counted as well: the next entry is found by inflating this one.
      content.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  private void nested(String path, InputStream content, int depth) throws IOException {
    try {
      archive(path, content, depth + 1);
    } catch (Excess e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      // The outer one may be whole all the same.
      files.note("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  private static final class Excess extends IOException {
    private static final long serialVersionUID = 1L;

    Excess() {
      super("Java archives unpack to more than %d bytes".formatted(MOST_BYTES));
    }
  }

  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int count = super.read(buffer, from, length);
      bytes += Math.max(0, count);
      if (bytes > MOST_BYTES) {
        throw new Excess();
      }
      return count;
    }

    @Override
    public void close() {
      // The archive that it is an entry of goes on.
    }
  }
}
