package dev.davit.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.linux.Stat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/// Writes a tar stream in the pax format: ustar headers, and before those that do not hold an entry
/// extended ones (pax(1)).
final class TarOutput {
  static final int BLOCK = 512;

  private static final int NAME = 100;
  private static final long LARGEST = 077777777777L;
  private static final int LARGEST_ID = 07777777;

  private final OutputStream out;

  TarOutput(OutputStream out) {
    this.out = out;
  }

  /// Writes a header; as many bytes as its size says have to follow, then [#pad].
  void header(TarEntry entry) throws IOException {
    Map<String, byte[]> extended = extended(entry);
    if (!extended.isEmpty()) {
      byte[] records = records(extended);
      byte[] header = ustar("PaxHeaders.0/entry", 'x', entry, records.length);
      out.write(header);
      out.write(records);
      pad(records.length);
    }
    out.write(ustar(entry.name(), type(entry.type()), entry, entry.size()));
  }

  void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
  }

  /// Fills the last block of `size` bytes.
  void pad(long size) throws IOException {
    int rest = (int) (size % BLOCK);
    if (rest > 0) {
      out.write(new byte[BLOCK - rest]);
    }
  }

  /// Ends the archive; the stream stays open.
  void end() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.flush();
  }

  private static Map<String, byte[]> extended(TarEntry entry) {
    var extended = new TreeMap<String, byte[]>();
    byte[] name = Bytes.of(entry.name());
    byte[] link = Bytes.of(entry.link());
    if (name.length > NAME) {
      extended.put("path", name);
    }
    if (link.length > NAME) {
      extended.put("linkpath", link);
    }
    if (entry.size() > LARGEST) {
      extended.put("size", Long.toString(entry.size()).getBytes(US_ASCII));
    }
    if (entry.uid() > LARGEST_ID || entry.uid() < 0) {
      extended.put("uid", Integer.toUnsignedString(entry.uid()).getBytes(US_ASCII));
    }
    if (entry.gid() > LARGEST_ID || entry.gid() < 0) {
      extended.put("gid", Integer.toUnsignedString(entry.gid()).getBytes(US_ASCII));
    }
    Stat.Time time = entry.time();
    if (time.nanos() != 0 || time.seconds() < 0 || time.seconds() > LARGEST) {
      String text = "%d.%09d".formatted(time.seconds(), time.nanos());
      extended.put("mtime", text.getBytes(US_ASCII));
    }
    entry.attributes().forEach((key, value) -> extended.put("SCHILY.xattr." + key, value));
    return extended;
  }

  // pax(1): each is "LENGTH KEY=VALUE\n", and the length counts its own digits.
  private static byte[] records(Map<String, byte[]> extended) {
    var records = new ByteArrayOutputStream();
    extended.forEach(
        (key, value) -> {
          byte[] start = (" " + key + "=").getBytes(UTF_8);
          int rest = start.length + value.length + 1;
          int length = rest + Integer.toString(rest).length();
          length = rest + Integer.toString(length).length();
          records.writeBytes(Integer.toString(length).getBytes(US_ASCII));
          records.writeBytes(start);
          records.writeBytes(value);
          records.write('\n');
        });
    return records.toByteArray();
  }

  private static char type(int type) {
    return switch (type) {
      case Stat.REGULAR -> '0';
      case TarEntry.LINK -> '1';
      case Stat.SYMLINK -> '2';
      case Stat.CHARACTER -> '3';
      case Stat.BLOCK -> '4';
      case Stat.DIRECTORY -> '5';
      case Stat.FIFO -> '6';
      default -> throw new IllegalArgumentException("file type " + type);
    };
  }

  private static byte[] ustar(String name, char type, TarEntry entry, long size) {
    byte[] block = new byte[BLOCK];
    put(block, 0, NAME, Bytes.of(name));
    octal(block, 100, 8, entry.mode());
    octal(block, 108, 8, entry.uid() & 0xffffffffL & LARGEST_ID);
    octal(block, 116, 8, entry.gid() & 0xffffffffL & LARGEST_ID);
    octal(block, 124, 12, Math.min(size, LARGEST));
    octal(block, 136, 12, Math.clamp(entry.time().seconds(), 0, LARGEST));
    block[156] = (byte) type;
    put(block, 157, NAME, Bytes.of(entry.link()));
    put(block, 257, 8, "ustar\00000".getBytes(ISO_8859_1));
    octal(block, 329, 8, entry.device() >>> 32);
    octal(block, 337, 8, entry.device() & 0xffffffffL & LARGEST_ID);
    java.util.Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xff;
    }
    put(block, 148, 8, "%06o\0 ".formatted(sum).getBytes(US_ASCII));
    return block;
  }

  private static void put(byte[] block, int at, int length, byte[] value) {
    System.arraycopy(value, 0, block, at, Math.min(length, value.length));
  }

  private static void octal(byte[] block, int at, int length, long value) {
    put(block, at, length, ("%0" + (length - 1) + "o").formatted(value).getBytes(US_ASCII));
  }
}
