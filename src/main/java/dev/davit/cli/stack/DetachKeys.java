package dev.davit.cli.stack;

import dev.davit.cli.UsageException;
import dev.davit.error.Code;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The keys that leave a container alone, `ctrl-p,ctrl-q` unless others are asked for.
public final class DetachKeys {
  private static final String WORDS = "ctrl-p,ctrl-q";
  private static final String CONTROL = "@abcdefghijklmnopqrstuvwxyz[\\]^_";

  private final byte[] sequence;

  static final DetachKeys USUAL = parse(null);

  private DetachKeys(byte[] sequence) {
    this.sequence = sequence;
  }

  /// Keys with commas between them, each a character or `ctrl-` and one of `a`-`z`, `@[\]^_`.
  public static DetachKeys parse(@Nullable String text) {
    String[] keys = (text == null || text.isEmpty() ? WORDS : text).split(",", -1);
    byte[] sequence = new byte[keys.length];
    for (int i = 0; i < keys.length; i++) {
      sequence[i] = key(keys[i], String.valueOf(text));
    }
    return new DetachKeys(sequence);
  }

  private static byte key(String key, String text) {
    if (key.length() == 1 && key.charAt(0) < 128) {
      return (byte) key.charAt(0);
    }
    int control = key.matches("ctrl-.") ? CONTROL.indexOf(key.charAt(5)) : -1;
    if (control < 0) {
      throw new UsageException(
          Code.INVALID_OPTION, "\"" + key + "\" is no key", "write such as ctrl-p,ctrl-q", text);
    }
    return (byte) control;
  }

  /// `in`, which ends when the keys are typed; what might still become them is held back.
  InputStream watching(InputStream in, Runnable typed) {
    return new InputStream() {
      private final byte[] one = new byte[1];
      private int matched;
      private int replay;
      private int replayed;
      private boolean over;
      private int next = -1;

      @Override
      public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        int first = following();
        if (first < 0) {
          return -1;
        }
        int count = 0;
        bytes[offset + count++] = (byte) first;
        while (count < length && ready()) {
          int more = following();
          if (more < 0) {
            break;
          }
          bytes[offset + count++] = (byte) more;
        }
        return count;
      }

      private boolean ready() throws IOException {
        return replayed < replay || next >= 0;
      }

      // One byte that is certainly not part of the keys.
      private int following() throws IOException {
        while (!over) {
          if (replayed < replay) {
            return sequence[replayed++] & 0xff;
          }
          if (next >= 0) {
            int held = next;
            next = -1;
            return held;
          }
          int read = in.read();
          if (read < 0) {
            return -1;
          }
          if ((byte) read == sequence[matched]) {
            replay = 0;
            if (++matched == sequence.length) {
              over = true;
              typed.run();
            }
          } else if (matched == 0) {
            return read;
          } else {
            replay = matched;
            replayed = 0;
            matched = 0;
            next = read;
          }
        }
        return -1;
      }
    };
  }
}
