package dev.davit.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads tables of an SQLite database (sqlite.org/fileformat.html): rowid tables, in UTF-8, as they
/// are in the file itself. Nothing is trusted: whatever leads in a circle or out of the file is an
/// IOException.
final class SqliteTable {
  private static final String MAGIC = "SQLite format 3\0";
  private static final int INTERIOR = 0x05;
  private static final int LEAF = 0x0d;
  private static final int DEEPEST = 24;
  private static final int LARGEST = 64 << 20;

  private final FileChannel file;
  private final int pageSize;
  private final int usable;
  private final long pages;
  private long visited;

  /// A row.
  ///
  /// @param values `Long`, `Double`, `String`, `byte[]` or null
  record Row(long id, List<@Nullable Object> values) {}

  SqliteTable(FileChannel file) throws IOException {
    this.file = file;
    ByteBuffer header = read(0, 100);
    byte[] magic = new byte[16];
    header.get(0, magic);
    if (!new String(magic, UTF_8).equals(MAGIC)) {
      throw new IOException("no SQLite database");
    }
    int size = header.getShort(16) & 0xffff;
    pageSize = size == 1 ? 65_536 : size;
    usable = pageSize - (header.get(20) & 0xff);
    if (Integer.bitCount(pageSize) != 1 || pageSize < 512 || usable < 480) {
      throw new IOException("SQLite database has pages of %d bytes".formatted(pageSize));
    }
    pages = file.size() / pageSize;
    if (header.getInt(56) > 1) {
      throw new IOException("SQLite database is not in UTF-8");
    }
  }

  /// All rows of the table of that name; none where there is no such table.
  List<Row> rows(String table) throws IOException {
    for (Row schema : tree(1)) {
      List<@Nullable Object> values = schema.values();
      if (values.size() > 3
          && "table".equals(values.get(0))
          && table.equals(values.get(1))
          && values.get(3) instanceof Long root) {
        return tree(root);
      }
    }
    return List.of();
  }

  private List<Row> tree(long root) throws IOException {
    var rows = new ArrayList<Row>();
    visited = 0;
    walk(root, 0, rows);
    return rows;
  }

  private void walk(long number, int depth, List<Row> rows) throws IOException {
    // In a tree each page comes once.
    if (depth > DEEPEST || ++visited > pages) {
      throw new IOException("SQLite database has a tree that leads in a circle");
    }
    ByteBuffer page = page(number);
    int header = number == 1 ? 100 : 0;
    int type = page.get(header);
    int cells = page.getShort(header + 3) & 0xffff;
    int pointers = header + (type == INTERIOR ? 12 : 8);
    if ((type != INTERIOR && type != LEAF) || pointers + 2 * cells > usable) {
      throw new IOException("SQLite database has a broken page " + number);
    }
    for (int i = 0; i < cells; i++) {
      int cell = page.getShort(pointers + 2 * i) & 0xffff;
      if (cell + 4 > usable) {
        throw new IOException("SQLite database has a broken page " + number);
      }
      if (type == INTERIOR) {
        walk(page.getInt(cell) & 0xffffffffL, depth + 1, rows);
      } else {
        rows.add(row(page.position(cell)));
      }
    }
    if (type == INTERIOR) {
      walk(page.getInt(header + 8) & 0xffffffffL, depth + 1, rows);
    }
  }

  private Row row(ByteBuffer page) throws IOException {
    long size = varint(page);
    long id = varint(page);
    if (size < 0 || size > LARGEST) {
      throw new IOException("SQLite database has a row of %d bytes".formatted(size));
    }
    return new Row(id, record(ByteBuffer.wrap(payload(page, (int) size))));
  }

  // "B-tree Cell Format": what does not fit into the page goes on in a list of overflow pages.
  private byte[] payload(ByteBuffer page, int size) throws IOException {
    int most = usable - 35;
    int here = size;
    if (size > most) {
      int least = (usable - 12) * 32 / 255 - 23;
      int some = least + (size - least) % (usable - 4);
      here = some <= most ? some : least;
    }
    byte[] payload = new byte[size];
    if (here > page.limit() - page.position() - (here < size ? 4 : 0)) {
      throw new IOException("SQLite database has a row that leaves its page");
    }
    page.get(payload, 0, here);
    long next = here < size ? page.getInt() & 0xffffffffL : 0;
    int filled = here;
    while (filled < size) {
      ByteBuffer more = page(next);
      next = more.getInt() & 0xffffffffL;
      int count = Math.min(size - filled, usable - 4);
      more.get(payload, filled, count);
      filled += count;
    }
    return payload;
  }

  private static List<@Nullable Object> record(ByteBuffer payload) throws IOException {
    try {
      int start = payload.position();
      long length = varint(payload);
      var types = new ArrayList<Long>();
      while (payload.position() < start + length) {
        types.add(varint(payload));
      }
      var values = new ArrayList<@Nullable Object>();
      for (long type : types) {
        values.add(value(payload, type));
      }
      return values;
    } catch (RuntimeException e) {
      throw new IOException("SQLite database has a broken row", e);
    }
  }

  private static @Nullable Object value(ByteBuffer payload, long type) throws IOException {
    if (type >= 12) {
      byte[] bytes = new byte[Math.toIntExact(Math.min((type - 12) / 2, payload.remaining() + 1L))];
      payload.get(bytes);
      return type % 2 == 0 ? bytes : new String(bytes, UTF_8);
    }
    return switch ((int) type) {
      case 0 -> null;
      case 1, 2, 3, 4 -> integer(payload, (int) type);
      case 5 -> integer(payload, 6);
      case 6 -> integer(payload, 8);
      case 7 -> payload.getDouble();
      case 8 -> 0L;
      case 9 -> 1L;
      default -> throw new IOException("SQLite database has a value of type " + type);
    };
  }

  private static long integer(ByteBuffer payload, int length) {
    long value = payload.get();
    for (int i = 1; i < length; i++) {
      value = value << 8 | (payload.get() & 0xff);
    }
    return value;
  }

  private static long varint(ByteBuffer bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < 9; i++) {
      if (!bytes.hasRemaining()) {
        throw new IOException("SQLite database has a number that is cut off");
      }
      int next = bytes.get();
      if (i == 8) {
        return value << 8 | (next & 0xff);
      }
      value = value << 7 | (next & 0x7f);
      if (next >= 0) {
        break;
      }
    }
    return value;
  }

  private ByteBuffer page(long number) throws IOException {
    if (number < 1 || number > pages) {
      throw new IOException("SQLite database points to page %d of %d".formatted(number, pages));
    }
    return read((number - 1) * pageSize, pageSize).limit(usable);
  }

  private ByteBuffer read(long at, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("SQLite database is cut off");
      }
    }
    return bytes.flip();
  }
}
