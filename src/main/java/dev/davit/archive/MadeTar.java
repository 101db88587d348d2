package dev.davit.archive;

import dev.davit.linux.Stat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// A tar archive put together in memory, of small files that belong to root.
public final class MadeTar {
  private static final Stat.Time EPOCH = new Stat.Time(0, 0);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarOutput out = new TarOutput(bytes);

  /// @param mode permission bits
  public MadeTar file(String name, int mode, byte[] content) {
    return add(Stat.REGULAR, name, mode, content, "");
  }

  public MadeTar directory(String name) {
    return add(Stat.DIRECTORY, name, 0755, new byte[0], "");
  }

  /// A symbolic link.
  ///
  /// @param target where it leads, as it is written
  public MadeTar link(String name, String target) {
    return add(Stat.SYMLINK, name, 0777, new byte[0], target);
  }

  private MadeTar add(int type, String name, int mode, byte[] content, String target) {
    try {
      out.header(new TarEntry(name, type, mode, 0, 0, content.length, EPOCH, target, 0, Map.of()));
      out.write(content, content.length);
      out.pad(content.length);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The archive; nothing can be added afterwards.
  public byte[] end() {
    try {
      out.end();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
