package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// Finds out how a layer is compressed. Its first bytes say so, not its media type: docker takes
/// either for the other, and tools have relied on that.
final class Decompression {
  static final int LONGEST_MAGIC = 6;

  private Decompression() {}

  /// How bytes that begin so are compressed, as far as it is read here.
  enum Form {
    GZIP,
    ZSTD,
    OTHER;

    static Form of(byte[] head) {
      if (starts(head, 0x1f, 0x8b)) {
        return GZIP;
      }
      boolean skippable =
          head.length > 3
              && (head[0] & 0xf0) == 0x50
              && starts(head, head[0] & 0xff, 0x2a, 0x4d, 0x18);
      return skippable || starts(head, 0x28, 0xb5, 0x2f, 0xfd) ? ZSTD : OTHER;
    }
  }

  /// What `in` unpacks to.
  static InputStream of(InputStream in) throws IOException {
    byte[] head = in.readNBytes(LONGEST_MAGIC);
    var whole = new SequenceInputStream(new ByteArrayInputStream(head), in);
    switch (Form.of(head)) {
      case GZIP -> {
        return new GzipInput(whole);
      }
      case ZSTD -> {
        return new ZstdInputStream(new ZstdFrames(whole));
      }
      case OTHER -> {}
    }
    if (starts(head, 'B', 'Z', 'h') || starts(head, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "compression with bzip2 or xz is not read",
          "compress it with gzip or zstd");
    }
    return whole;
  }

  private static boolean starts(byte[] head, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= head.length || (head[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
