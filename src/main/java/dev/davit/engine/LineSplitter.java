package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;

/// Cuts what one stream of a container says into lines; a line longer than 16 KiB is cut, as docker
/// does. For one thread.
final class LineSplitter {
  static final int LONGEST = 16 * 1024;

  private final Stream stream;
  private final String attributes;
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream(256);

  /// @param attributes what each line says about the container, see [LogFormat#attributes]
  LineSplitter(Stream stream, String attributes) {
    this.stream = stream;
    this.attributes = attributes;
  }

  /// The lines that `bytes` completes, as of `now`.
  LogFile.Batch split(byte[] bytes, Instant now) {
    var batch = new LogFile.Batch(stream, now, attributes);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        add(batch, bytes, start, i + 1);
        start = i + 1;
      } else if (rest.size() + i + 1 - start > LONGEST) {
        int cut = rest.size() + i - start > 4 ? boundary(bytes, start, i) : i;
        add(batch, bytes, start, cut);
        start = cut;
      }
    }
    rest.write(bytes, start, bytes.length - start);
    return batch;
  }

  // Not within a UTF-8 sequence: back to its first byte, if that is in `bytes`.
  private static int boundary(byte[] bytes, int start, int end) {
    int cut = end;
    while (cut > start && end - cut < 4 && (bytes[cut] & 0xc0) == 0x80) {
      cut--;
    }
    return cut == start ? end : cut;
  }

  /// What was said last without a newline.
  LogFile.Batch flush(Instant now) {
    var batch = new LogFile.Batch(stream, now, attributes);
    if (rest.size() > 0) {
      add(batch, new byte[0], 0, 0);
    }
    return batch;
  }

  private void add(LogFile.Batch batch, byte[] bytes, int start, int end) {
    if (rest.size() == 0) {
      batch.add(bytes, start, end - start);
      return;
    }
    rest.write(bytes, start, end - start);
    batch.add(rest.toByteArray(), 0, rest.size());
    rest.reset();
  }
}
