package dev.davit.linux;

import com.kenai.jffi.MemoryIO;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Native memory that lives until it is closed and never moves: what system calls point to.
/// Everything in it is zero at first. Not safe for use by several threads.
public final class Memory implements AutoCloseable {
  private static final MemoryIO IO = MemoryIO.getInstance();
  // Most calls need a path and a few words; a program of a container's start needs some pages.
  private static final int FIRST_CHUNK = 256;
  private static final int CHUNK = 16 * 1024;

  private final List<Long> chunks = new ArrayList<>();
  private long next;
  private long end;

  /// The address of `size` zeroed bytes, aligned to 16.
  public long allocate(long size) {
    long rounded = (Math.max(size, 1) + 15) & ~15L;
    if (next + rounded > end) {
      long length = Math.max(rounded, chunks.isEmpty() ? FIRST_CHUNK : CHUNK);
      long chunk = IO.allocateMemory(length + 16, true);
      if (chunk == 0) {
        throw new OutOfMemoryError("native memory");
      }
      chunks.add(chunk);
      next = (chunk + 15) & ~15L;
      end = next + length;
    }
    long address = next;
    next += rounded;
    return address;
  }

  /// The address of `text` in UTF-8 with a zero byte behind it.
  public long string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long address = allocate(bytes.length + 1L);
    IO.putByteArray(address, bytes, 0, bytes.length);
    return address;
  }

  /// As [#string], of a file name or path: a character from U+DC80 to U+DCFF is one byte that is no
  /// UTF-8, as [FileCalls] has it.
  public long name(String name) {
    if (isText(name)) {
      return string(name);
    }
    byte[] bytes = new byte[name.length() + 1];
    for (int i = 0; i < name.length(); i++) {
      bytes[i] = (byte) name.charAt(i);
    }
    return bytes(bytes);
  }

  private static boolean isText(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isSurrogate(name.charAt(i))) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name);
      }
    }
    return true;
  }

  /// The address of a copy of `bytes`.
  public long bytes(byte[] bytes) {
    long address = allocate(bytes.length);
    IO.putByteArray(address, bytes, 0, bytes.length);
    return address;
  }

  /// The address of an array of pointers to `texts` that ends with a null pointer, as execve(2)
  /// takes it.
  public long strings(List<String> texts) {
    long array = allocate(8L * (texts.size() + 1));
    for (int i = 0; i < texts.size(); i++) {
      IO.putLong(array + 8L * i, string(texts.get(i)));
    }
    return array;
  }

  /// Copies bytes to `address`.
  public static void put(long address, byte[] bytes, int from, int length) {
    IO.putByteArray(address, bytes, from, length);
  }

  /// The `length` bytes at `address`.
  public static byte[] read(long address, int length) {
    byte[] bytes = new byte[length];
    IO.getByteArray(address, bytes, 0, length);
    return bytes;
  }

  public static long getLong(long address) {
    return IO.getLong(address);
  }

  public static void putLong(long address, long value) {
    IO.putLong(address, value);
  }

  public static int getInt(long address) {
    return IO.getInt(address);
  }

  public static void putInt(long address, int value) {
    IO.putInt(address, value);
  }

  public static void putShort(long address, int value) {
    IO.putShort(address, (short) value);
  }

  @Override
  public void close() {
    chunks.forEach(IO::freeMemory);
    chunks.clear();
    next = 0;
    end = 0;
  }
}
