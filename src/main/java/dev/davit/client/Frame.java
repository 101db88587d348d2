package dev.davit.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One message between client and engine: a type, and a payload of at most [#LIMIT] bytes. On the
/// wire: type (1 byte), length (4 bytes, big-endian), payload.
///
/// The client speaks first: [#HELLO] with a [Hello], or [#STOP]. Stdin flows only as far as the
/// engine has given [#CREDIT] for it, so that signals and sizes never wait behind unread input and
/// a command that reads nothing takes nothing away from the next one.
public final class Frame {
  /// Client: run a command; payload is a [Hello].
  public static final int HELLO = 'H';

  /// Client: end the engine. The connection stays open until the engine's process is gone.
  public static final int STOP = 'K';

  /// Client: bytes of stdin.
  public static final int INPUT = 'I';

  /// Client: stdin is at its end.
  public static final int END_OF_INPUT = 'E';

  /// Client: the terminal's columns and rows, two numbers.
  public static final int SIZE = 'W';

  /// Client: a signal's number.
  public static final int SIGNAL = 'S';

  /// Engine: that many more bytes of stdin may be sent.
  public static final int CREDIT = 'C';

  /// Client: the host program that [#RUN] asked for has ended; its exit code.
  public static final int RAN = 'r';

  /// Engine: run a host program and answer with [#RAN]. Payload: [#PIPED] or [#UNPIPED], the
  /// working directory, a NUL, a command line for `sh -c`.
  public static final int RUN = 'P';

  /// Its input comes by [#PIPE].
  public static final char PIPED = '|';

  /// Its input is the client's.
  public static final char UNPIPED = '-';

  /// Engine: input of the host program that runs.
  public static final int PIPE = 'p';

  /// Engine: the end of that input.
  public static final int END_OF_PIPE = 'e';

  /// Engine: bytes for stdout.
  public static final int OUTPUT = 'O';

  /// Engine: bytes for stderr.
  public static final int ERROR = 'R';

  /// Engine: bytes for stdout or stderr, and how far the command has come with them; payload is a
  /// [Shown]. A client that has had one goes to the next engine when this one ends.
  public static final int SHOWN = 'L';

  /// Engine: it is asked to end, and does.
  public static final int ENDING = 'G';

  /// Engine: the terminal's mode, [#LINES], [#BYTES] or [#KEYS].
  public static final int MODE = 'M';

  /// As it was.
  public static final int LINES = 0;

  /// Raw: each byte as typed, no echo, no signals, output as it is.
  public static final int BYTES = 1;

  /// Each key when it is typed, no echo; signals and output as in [#LINES].
  public static final int KEYS = 2;

  /// Engine: send [#SIZE] now and on each change.
  public static final int ASK_SIZE = 'Z';

  /// Engine: the exit code; the last frame.
  public static final int EXIT = 'X';

  /// Engine: it is of another build than the client and has run nothing; the last frame.
  public static final int OTHER_BUILD = 'B';

  /// A command line and an environment may be 2 MiB in Linux.
  public static final int LIMIT = 8 * 1024 * 1024;

  private final int type;
  private final byte[] payload;

  public Frame(int type, byte[] payload) {
    this.type = type;
    this.payload = payload;
  }

  public int type() {
    return type;
  }

  public byte[] payload() {
    return payload;
  }

  /// The payload's number at `index`.
  public int number(int index) {
    return ByteBuffer.wrap(payload).getInt(4 * index);
  }

  /// The payload as text.
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }
}
