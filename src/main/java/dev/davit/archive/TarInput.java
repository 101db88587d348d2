package dev.davit.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Stat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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
  // What the archive still holds of the entry, and what follows that no one reads.
  private long left;
  private long padding;
  private @Nullable SparseMap sparse;
  private int piece;
  private long position;
  private int headers;

  TarInput(InputStream in) {
    this.in = in;
  }

  /// The next entry, or empty at the end. What was not read of the one before is skipped.
  Optional<TarEntry> next() throws IOException {
    var extended = new HashMap<>(global);
    headers = 0;
    sparse = null;
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
        case 'g' -> global(content(size));
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
    long hole = hole();
    if (hole > 0) {
      int count = (int) Math.min(length, hole);
      Arrays.fill(bytes, 0, count, (byte) 0);
      position += count;
      return count;
    }
    return left == 0 ? -1 : stored(bytes, length);
  }

  private void global(byte[] records) {
    parse(records, global);
    if (global.values().stream().mapToLong(value -> value.length).sum() > LONGEST) {
      throw wrong("has more than " + LONGEST + " bytes of global headers");
    }
  }

  private int stored(byte[] bytes, int length) throws IOException {
    long most = left;
    if (sparse != null) {
      most = sparse.pieces().get(piece).end() - position;
    }
    int count = in.read(bytes, 0, (int) Math.min(length, most));
    if (count < 0) {
      throw wrong("ends in the middle");
    }
    left -= count;
    position += count;
    if (sparse != null && count == most) {
      piece++;
    }
    return count;
  }

  /// How many zeros come next that the archive does not hold.
  long hole() {
    if (sparse == null) {
      return 0;
    }
    boolean more = piece < sparse.pieces().size();
    return (more ? sparse.pieces().get(piece).offset() : sparse.size()) - position;
  }

  /// Goes behind the zeros of [#hole].
  void skipHole() {
    position += hole();
  }

  private TarEntry entry(byte[] block, long size, Map<String, byte[]> extended) throws IOException {
    String name = Bytes.name(extended.getOrDefault("path", name(block)));
    int type = type(block[156], name);
    long whole = number(extended, "size", size);
    if (whole < 0) {
      throw wrong("has a file of " + whole + " bytes");
    }
    left = type == Stat.REGULAR ? whole : 0;
    long follows = type == TarEntry.LINK ? 0 : whole;
    padding = follows - left + (TarOutput.BLOCK - follows % TarOutput.BLOCK) % TarOutput.BLOCK;
    long length = left;
    if (type == Stat.REGULAR) {
      sparse = sparse(block, extended);
      piece = 0;
      position = 0;
      length = sparse == null ? left : sparse.size();
      name = Bytes.name(extended.getOrDefault("GNU.sparse.name", Bytes.of(name)));
    }
    return new TarEntry(
        name,
        type,
        (int) number(block, 100, 8) & 07777,
        (int) number(extended, "uid", number(block, 108, 8)),
        (int) number(extended, "gid", number(block, 116, 8)),
        length,
        time(extended, number(block, 136, 12)),
        Bytes.name(extended.getOrDefault("linkpath", untilZero(block, 157, 100))),
        number(block, 329, 8) << 32 | number(block, 337, 8),
        attributes(extended));
  }

  // The forms of GNU tar: "Sparse Formats" in its manual.
  private @Nullable SparseMap sparse(byte[] block, Map<String, byte[]> extended)
      throws IOException {
    SparseMap map = null;
    if (block[156] == 'S') {
      map = SparseMap.of(oldMap(block), number(block, 483, 12));
    } else if ("1".equals(text(extended, "GNU.sparse.major"))) {
      map = SparseMap.of(inlineMap(), number(extended, "GNU.sparse.realsize", -1));
    } else if (extended.containsKey("GNU.sparse.map")) {
      String pieces = String.valueOf(text(extended, "GNU.sparse.map"));
      map = SparseMap.parse(pieces, number(extended, "GNU.sparse.size", -1));
    }
    if (map != null && map.stored() != left) {
      throw wrong("has a sparse file with " + left + " bytes and not " + map.stored());
    }
    return map;
  }

  private List<Long> oldMap(byte[] header) throws IOException {
    var numbers = new ArrayList<Long>();
    pieces(header, 386, 4, numbers);
    byte[] block = header;
    boolean more = header[482] != 0;
    while (more) {
      count(TarOutput.BLOCK);
      block = in.readNBytes(TarOutput.BLOCK);
      if (block.length < TarOutput.BLOCK) {
        throw wrong("ends in the middle");
      }
      pieces(block, 0, 21, numbers);
      more = block[504] != 0;
    }
    return numbers;
  }

  private static void pieces(byte[] block, int at, int most, List<Long> numbers) {
    for (int i = at; i < at + 24 * most && block[i] != 0; i += 24) {
      numbers.add(number(block, i, 12));
      numbers.add(number(block, i + 12, 12));
    }
  }

  // How many pieces, then their offsets and lengths, a line each, in whole blocks of the content.
  private List<Long> inlineMap() throws IOException {
    var numbers = new ArrayList<Long>();
    long wanted = 1;
    var line = new StringBuilder();
    while (numbers.size() < wanted) {
      count(TarOutput.BLOCK);
      byte[] block = in.readNBytes(TarOutput.BLOCK);
      left -= TarOutput.BLOCK;
      if (block.length < TarOutput.BLOCK || left < 0) {
        throw wrong("ends in the middle");
      }
      for (int i = 0; i < block.length && numbers.size() < wanted; i++) {
        if (block[i] != '\n') {
          line.append((char) block[i]);
          continue;
        }
        numbers.add(parse(line.toString()));
        line.setLength(0);
        wanted = numbers.size() == 1 ? 1 + 2 * Math.clamp(numbers.getFirst(), 0, LONGEST) : wanted;
      }
    }
    return numbers.subList(1, numbers.size());
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
      case 0, '0', '7', 'S' -> name.endsWith("/") ? Stat.DIRECTORY : Stat.REGULAR;
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

  static long parse(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong("has \"" + text + "\" where a number should be");
    }
  }

  // All that stands before one entry is in memory at once.
  private void count(long size) {
    if (size < 0 || size > LONGEST - headers) {
      throw wrong("has headers of " + (size + headers) + " bytes for one entry");
    }
    headers += (int) size;
  }

  private byte[] content(long size) throws IOException {
    count(size);
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
      put(extended, key, Arrays.copyOfRange(records, equals + 1, end - 1));
      at = end;
    }
  }

  // The oldest sparse form has one record for each number.
  private static void put(Map<String, byte[]> extended, String key, byte[] value) {
    if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
      byte[] before = extended.get("GNU.sparse.map");
      extended.put("GNU.sparse.map", before == null ? value : joined(before, value));
    } else {
      extended.put(key, value);
    }
  }

  private static byte[] joined(byte[] before, byte[] after) {
    byte[] whole = Arrays.copyOf(before, before.length + 1 + after.length);
    whole[before.length] = ',';
    System.arraycopy(after, 0, whole, before.length + 1, after.length);
    return whole;
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
