package dev.davit.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Stat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a tar stream: v7, ustar, pax and GNU headers. What is not a whole archive is INVALID.
final class TarInput {
  // A name or an attribute is never that long; a header that says so is an attack.
  private static final int LONGEST = 1 << 20;
  private static final String ATTRIBUTE = "SCHILY.xattr.";

  private final InputStream in;
  private final Map<String, byte[]> global = new HashMap<>();
  private long left;
  private long padding;

  TarInput(InputStream in) {
    this.in = in;
  }

  /// The next entry, or empty at the end. What was not read of the one before is skipped.
  Optional<TarEntry> next() throws IOException {
    var extended = new HashMap<>(global);
    while (true) {
      skip(left + padding);
      left = 0;
      padding = 0;
      byte[] block = in.readNBytes(TarOutput.BLOCK);
      if (block.length == 0 || isZero(block)) {
        return Optional.empty();
      }
      if (block.length < TarOutput.BLOCK) {
        throw wrong("ends in the middle");
      }
      check(block);
      long size = number(block, 124, 12);
      switch (block[156]) {
        case 'x' -> parse(content(size), extended);
        case 'g' -> parse(content(size), global);
        case 'L' -> extended.put("path", untilZero(content(size)));
        case 'K' -> extended.put("linkpath", untilZero(content(size)));
        default -> {
          return Optional.of(entry(block, size, extended));
        }
      }
    }
  }

  /// At most `length` bytes of the entry's content, -1 at its end.
  int read(byte[] bytes, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = in.read(bytes, 0, (int) Math.min(length, left));
    if (count < 0) {
      throw wrong("ends in the middle");
    }
    left -= count;
    return count;
  }

  private TarEntry entry(byte[] block, long size, Map<String, byte[]> extended) {
    if (extended.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse"))
        || block[156] == 'S') {
      throw wrong("has sparse files, which are not read");
    }
    String name = Bytes.name(extended.getOrDefault("path", name(block)));
    int type = type(block[156], name);
    long whole = number(extended, "size", size);
    if (whole < 0) {
      throw wrong("has a file of " + whole + " bytes");
    }
    left = type == Stat.REGULAR ? whole : 0;
    long follows = type == TarEntry.LINK ? 0 : whole;
    padding = follows - left + (TarOutput.BLOCK - follows % TarOutput.BLOCK) % TarOutput.BLOCK;
    return new TarEntry(
        name,
        type,
        (int) number(block, 100, 8) & 07777,
        (int) number(extended, "uid", number(block, 108, 8)),
        (int) number(extended, "gid", number(block, 116, 8)),
        left,
        time(extended, number(block, 136, 12)),
        Bytes.name(extended.getOrDefault("linkpath", untilZero(block, 157, 100))),
        number(block, 329, 8) << 32 | number(block, 337, 8),
        attributes(extended));
  }

  private static Map<String, byte[]> attributes(Map<String, byte[]> extended) {
    var attributes = new HashMap<String, byte[]>();
    extended.forEach(
        (key, value) -> {
          if (key.startsWith(ATTRIBUTE)) {
            attributes.put(key.substring(ATTRIBUTE.length()), value);
          }
        });
    return attributes;
  }

  // ustar has the start of a long name elsewhere; GNU has other things there.
  private static byte[] name(byte[] block) {
    byte[] name = untilZero(block, 0, 100);
    byte[] prefix = untilZero(block, 345, 155);
    boolean ustar = block[257] == 'u' && block[262] == 0;
    if (!ustar || prefix.length == 0) {
      return name;
    }
    byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    whole[prefix.length] = '/';
    System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
    return whole;
  }

  private static int type(byte flag, String name) {
    return switch (flag) {
      case 0, '0', '7' -> name.endsWith("/") ? Stat.DIRECTORY : Stat.REGULAR;
      case '1' -> TarEntry.LINK;
      case '2' -> Stat.SYMLINK;
      case '3' -> Stat.CHARACTER;
      case '4' -> Stat.BLOCK;
      case '5' -> Stat.DIRECTORY;
      case '6' -> Stat.FIFO;
      default -> throw wrong("has an entry of the unknown type \"" + (char) flag + "\"");
    };
  }

  private static long number(Map<String, byte[]> extended, String key, long otherwise) {
    String text = text(extended, key);
    return text == null ? otherwise : parse(text);
  }

  private static Stat.Time time(Map<String, byte[]> extended, long seconds) {
    String text = text(extended, "mtime");
    if (text == null) {
      return new Stat.Time(seconds, 0);
    }
    int dot = text.indexOf('.');
    String fraction = dot < 0 ? "" : text.substring(dot + 1);
    String nanos = (fraction + "000000000").substring(0, 9);
    return new Stat.Time(parse(dot < 0 ? text : text.substring(0, dot)), (int) parse(nanos));
  }

  private static @Nullable String text(Map<String, byte[]> extended, String key) {
    byte[] value = extended.get(key);
    return value == null ? null : new String(value, UTF_8);
  }

  private static long parse(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong("has \"" + text + "\" where a number should be");
    }
  }

  private byte[] content(long size) throws IOException {
    if (size < 0 || size > LONGEST) {
      throw wrong("has a header of " + size + " bytes");
    }
    byte[] content = in.readNBytes((int) size);
    if (content.length < size) {
      throw wrong("ends in the middle");
    }
    skip((TarOutput.BLOCK - size % TarOutput.BLOCK) % TarOutput.BLOCK);
    return content;
  }

  private static void parse(byte[] records, Map<String, byte[]> extended) {
    int at = 0;
    while (at < records.length) {
      int space = at;
      while (space < records.length && records[space] != ' ') {
        space++;
      }
      long length = parse(new String(records, at, space - at, UTF_8));
      int equals = space + 1;
      while (equals < records.length && records[equals] != '=') {
        equals++;
      }
      if (length <= equals - at || at + length > records.length) {
        throw wrong("has a broken pax header");
      }
      int end = (int) (at + length);
      String key = new String(records, space + 1, equals - space - 1, UTF_8);
      extended.put(key, Arrays.copyOfRange(records, equals + 1, end - 1));
      at = end;
    }
  }

  private void skip(long count) throws IOException {
    try {
      in.skipNBytes(count);
    } catch (java.io.EOFException e) {
      throw wrong("ends in the middle");
    }
  }

  private static void check(byte[] block) {
    long sum = 8 * ' ';
    for (int i = 0; i < block.length; i++) {
      sum += i >= 148 && i < 156 ? 0 : block[i] & 0xff;
    }
    if (sum != number(block, 148, 8)) {
      throw wrong("has a header with a wrong checksum");
    }
  }

  // GNU writes large numbers in binary, with the highest bit set.
  private static long number(byte[] block, int at, int length) {
    if ((block[at] & 0x80) != 0) {
      long value = block[at] & 0x7f;
      for (int i = at + 1; i < at + length; i++) {
        if (value >> 54 != 0) {
          throw wrong("has a number that is too large");
        }
        value = value << 8 | (block[i] & 0xff);
      }
      return value;
    }
    long value = 0;
    for (int i = at; i < at + length && block[i] != 0; i++) {
      if (block[i] == ' ') {
        continue;
      }
      if (block[i] < '0' || block[i] > '7') {
        throw wrong("has \"" + (char) block[i] + "\" where an octal digit should be");
      }
      value = value << 3 | (block[i] - '0');
    }
    return value;
  }

  private static boolean isZero(byte[] block) {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] untilZero(byte[] content) {
    return untilZero(content, 0, content.length);
  }

  private static byte[] untilZero(byte[] block, int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, at, end);
  }

  static DavitException wrong(String what) {
    return new DavitException(Kind.INVALID, "tar archive " + what);
  }
}
