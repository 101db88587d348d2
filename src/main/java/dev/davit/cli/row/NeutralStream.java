package dev.davit.cli.row;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Bytes of a container on their way to a terminal to which they can do nothing but colour: other
/// control sequences are left out, also where they come in pieces.
public final class NeutralStream extends OutputStream {
  private static final int ESCAPE = 0x1b;
  private static final int BELL = 0x07;
  private static final int LONGEST = 64;

  private enum State {
    TEXT,
    ESCAPE,
    /// CSI: it ends with a letter.
    CONTROL,
    /// OSC, DCS and their kind: it ends with BEL or ESC \.
    STRING,
    STRING_ESCAPE,
    /// The first byte of what may be a C1 control character in UTF-8.
    C1
  }

  private final OutputStream out;
  private final ByteArrayOutputStream sequence = new ByteArrayOutputStream();
  private State state = State.TEXT;

  public NeutralStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    var kept = new ByteArrayOutputStream(length);
    for (int i = offset; i < offset + length; i++) {
      take(bytes[i] & 0xff, kept);
    }
    out.write(kept.toByteArray());
  }

  private void take(int b, ByteArrayOutputStream kept) {
    switch (state) {
      case TEXT -> text(b, kept);
      case ESCAPE -> escape(b);
      case CONTROL -> control(b, kept);
      case STRING -> state = b == BELL ? State.TEXT : b == ESCAPE ? State.STRING_ESCAPE : state;
      case STRING_ESCAPE -> state = b == '\\' ? State.TEXT : State.STRING;
      case C1 -> {
        state = State.TEXT;
        if (b < 0x80 || b > 0x9f) {
          kept.write(0xc2);
          text(b, kept);
        }
      }
    }
  }

  private void text(int b, ByteArrayOutputStream kept) {
    if (b == ESCAPE) {
      state = State.ESCAPE;
    } else if (b == 0xc2) {
      state = State.C1;
    } else if ((b >= ' ' && b != 0x7f) || b == '\n' || b == '\t' || b == '\r') {
      kept.write(b);
    }
  }

  private void escape(int b) {
    if (b == '[') {
      state = State.CONTROL;
      sequence.reset();
    } else if (b == ']' || b == 'P' || b == 'X' || b == '^' || b == '_') {
      state = State.STRING;
    } else if (b < ' ' || b > '/') {
      state = State.TEXT; // one more byte, behind those between
    }
  }

  private void control(int b, ByteArrayOutputStream kept) {
    if (b >= '@' && b <= '~') {
      state = State.TEXT;
      if (b == 'm' && sequence.toString(StandardCharsets.US_ASCII).matches("[0-9;:]*")) {
        kept.write(ESCAPE);
        kept.write('[');
        kept.writeBytes(sequence.toByteArray());
        kept.write(b);
      }
    } else if (b < ' ' || b > '~' || sequence.size() >= LONGEST) {
      state = State.TEXT;
    } else {
      sequence.write(b);
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
