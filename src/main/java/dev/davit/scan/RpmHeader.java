package dev.davit.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The header of a package as rpm keeps it: an index of tags, then their data, big-endian (rpm.org,
/// "Header format").
final class RpmHeader {
  static final int NAME = 1000;
  static final int VERSION = 1001;
  static final int RELEASE = 1002;
  static final int EPOCH = 1003;
  static final int ARCHITECTURE = 1022;
  static final int SOURCE_RPM = 1044;

  private static final int INT32 = 4;
  private static final int STRING = 6;
  private static final int ENTRY = 16;
  private static final int MOST_ENTRIES = 65_535;

  private final byte[] blob;
  private final ByteBuffer bytes;
  private final int data;
  private final Map<Integer, Entry> entries = new HashMap<>();

  private record Entry(int type, int offset) {}

  private RpmHeader(byte[] blob, int data) {
    this.blob = blob;
    this.bytes = ByteBuffer.wrap(blob);
    this.data = data;
  }

  static RpmHeader parse(byte[] blob) throws IOException {
    var bytes = ByteBuffer.wrap(blob);
    int count = blob.length < 8 ? -1 : bytes.getInt(0);
    if (count < 0 || count > MOST_ENTRIES || 8 + count * ENTRY > blob.length) {
      throw new IOException("rpm header is broken");
    }
    var header = new RpmHeader(blob, 8 + count * ENTRY);
    for (int i = 0; i < count; i++) {
      int at = 8 + i * ENTRY;
      header.entries.putIfAbsent(
          bytes.getInt(at), new Entry(bytes.getInt(at + 4), bytes.getInt(at + 8)));
    }
    return header;
  }

  /// A string, empty where there is none.
  String text(int tag) throws IOException {
    Entry entry = entries.get(tag);
    if (entry == null || entry.type() != STRING) {
      return "";
    }
    int start = place(entry, 1);
    int end = start;
    while (end < bytes.limit() && bytes.get(end) != 0) {
      end++;
    }
    return new String(blob, start, end - start, UTF_8);
  }

  Optional<Integer> number(int tag) throws IOException {
    Entry entry = entries.get(tag);
    return entry == null || entry.type() != INT32
        ? Optional.empty()
        : Optional.of(bytes.getInt(place(entry, 4)));
  }

  private int place(Entry entry, int length) throws IOException {
    if (entry.offset() < 0 || entry.offset() > bytes.limit() - data - length) {
      throw new IOException("rpm header points out of itself");
    }
    return data + entry.offset();
  }
}
