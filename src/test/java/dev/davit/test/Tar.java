package dev.davit.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Writes tar archives for tests, also such as no tool would write: whatever name, link or size is
/// asked for stands in the header as it is.
public final class Tar {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<String, String> pax = new LinkedHashMap<>();
  private int mode = -1;
  private int uid;
  private int gid;
  private long time = 1_700_000_000;

  /// An archive that begins with this machine's busybox, by those names too.
  ///
  /// @throws UncheckedIOException where there is none
  public static Tar busybox(String... names) {
    try {
      var tar =
          new Tar()
              .directory("bin")
              .mode(0755)
              .file("bin/busybox", Files.readAllBytes(Path.of("/bin/busybox")));
      for (String name : names) {
        tar.symlink("bin/" + name, "busybox");
      }
      return tar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A pax record for the next entry.
  public Tar pax(String key, String value) {
    pax.put(key, value);
    return this;
  }

  /// Permissions of the next entry.
  public Tar mode(int permissions) {
    mode = permissions;
    return this;
  }

  /// Owner of the next entry.
  public Tar owner(int user, int group) {
    uid = user;
    gid = group;
    return this;
  }

  public Tar time(long seconds) {
    time = seconds;
    return this;
  }

  public Tar directory(String name) {
    return entry('5', name, "", 0, new byte[0], 0755);
  }

  public Tar file(String name, String content) {
    return file(name, content.getBytes(UTF_8));
  }

  public Tar file(String name, byte[] content) {
    return entry('0', name, "", 0, content, 0644);
  }

  public Tar symlink(String name, String target) {
    return entry('2', name, target, 0, new byte[0], 0777);
  }

  public Tar hardlink(String name, String target) {
    return entry('1', name, target, 0, new byte[0], 0644);
  }

  public Tar character(String name, int major, int minor) {
    return entry('3', name, "", (long) major << 32 | minor, new byte[0], 0644);
  }

  public Tar block(String name, int major, int minor) {
    return entry('4', name, "", (long) major << 32 | minor, new byte[0], 0644);
  }

  public Tar fifo(String name) {
    return entry('6', name, "", 0, new byte[0], 0644);
  }

  /// An entry of any type; long names go into pax records.
  public Tar entry(
      char type, String name, String link, long device, byte[] content, int permissions) {
    if (name.getBytes(UTF_8).length > 100) {
      pax.put("path", name);
    }
    if (link.getBytes(UTF_8).length > 100) {
      pax.put("linkpath", link);
    }
    if (!pax.isEmpty()) {
      byte[] records = records();
      pax.clear();
      header('x', "pax", "", 0, records.length, 0644);
      block(records);
    }
    header(type, name, link, device, content.length, mode < 0 ? permissions : mode);
    block(content);
    mode = -1;
    uid = 0;
    gid = 0;
    return this;
  }

  /// A header alone, which says that `size` bytes follow.
  public Tar header(char type, String name, String link, long device, long size, int permissions) {
    byte[] block = new byte[512];
    put(block, 0, 100, name.getBytes(UTF_8));
    octal(block, 100, 8, permissions);
    octal(block, 108, 8, uid);
    octal(block, 116, 8, gid);
    octal(block, 124, 12, size);
    octal(block, 136, 12, time);
    block[156] = (byte) type;
    put(block, 157, 100, link.getBytes(UTF_8));
    put(block, 257, 8, "ustar\00000".getBytes(ISO_8859_1));
    octal(block, 329, 8, device >>> 32);
    octal(block, 337, 8, device & 0xffffffffL);
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xff;
    }
    put(block, 148, 8, "%06o\0 ".formatted(sum).getBytes(UTF_8));
    out.writeBytes(block);
    return this;
  }

  /// Bytes as they are.
  public Tar raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  private void block(byte[] content) {
    out.writeBytes(content);
    out.writeBytes(new byte[(512 - content.length % 512) % 512]);
  }

  private byte[] records() {
    var records = new ByteArrayOutputStream();
    pax.forEach(
        (key, value) -> {
          byte[] rest = (" " + key + "=" + value + "\n").getBytes(UTF_8);
          int length = rest.length + Integer.toString(rest.length).length();
          length = rest.length + Integer.toString(length).length();
          records.writeBytes(Integer.toString(length).getBytes(UTF_8));
          records.writeBytes(rest);
        });
    return records.toByteArray();
  }

  private static void put(byte[] block, int at, int length, byte[] value) {
    System.arraycopy(value, 0, block, at, Math.min(length, value.length));
  }

  private static void octal(byte[] block, int at, int length, long value) {
    put(block, at, length, ("%0" + (length - 1) + "o").formatted(value).getBytes(UTF_8));
  }

  /// The archive.
  public byte[] end() {
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  public static byte[] gzip(byte[] bytes) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
