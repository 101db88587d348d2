package dev.davit.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One command: says hello, then does what the engine's frames say until the exit code.
final class Conversation {
  /// Returned instead of an exit code where the engine is of another build.
  static final int OTHER_BUILD = -1;

  /// Returned where the engine has ended and another one can go on.
  static final int LOST = -2;

  /// As [#LOST], but the engine was asked to end.
  static final int STOPPED = -3;

  /// Davit itself is in trouble.
  static final int TROUBLE = 125;

  /// As if SIGPIPE had ended us, which the JVM ignores.
  private static final int BROKEN_PIPE = 128 + 13;

  private final FrameChannel engine;
  private final Tty tty = new Tty();
  private final Stdin stdin;
  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private final OutputStream err = new FileOutputStream(FileDescriptor.err);
  private final Map<String, String> resumed;
  private boolean resumable;
  private boolean ending;

  /// @param resumed how far the command has come with an earlier engine; it goes on in there
  Conversation(FrameChannel engine, Map<String, String> resumed) {
    this.engine = engine;
    this.resumed = resumed;
    this.resumable = !resumed.isEmpty();
    this.stdin = new Stdin(engine, (tty.bits() & 1) != 0);
  }

  int run(Hello hello) throws IOException {
    engine.send(Frame.HELLO, hello.encode());
    Signals signals = Signals.passTo(engine, tty);
    @Nullable HostProgram program = null;
    try {
      while (true) {
        Frame frame = engine.read();
        switch (frame.type()) {
          case Frame.OUTPUT -> {
            if (!write(out, frame.payload(), signals)) {
              return BROKEN_PIPE;
            }
          }
          case Frame.ERROR -> write(err, frame.payload(), signals);
          case Frame.SHOWN -> {
            Shown shown = Shown.decode(frame.payload());
            if (!write(shown.error() ? err : out, shown.bytes(), signals)) {
              return BROKEN_PIPE;
            }
            resumable = true;
            resumed.put(shown.key(), shown.value());
          }
          case Frame.ENDING -> ending = true;
          case Frame.CREDIT -> stdin.credit(frame.number(0));
          case Frame.MODE -> tty.mode(frame.number(0));
          case Frame.RUN -> program = HostProgram.run(engine, tty, stdin, frame.payload());
          case Frame.PIPE -> Objects.requireNonNull(program).write(frame.payload());
          case Frame.END_OF_PIPE -> Objects.requireNonNull(program).endInput();
          case Frame.ASK_SIZE -> {
            signals.watchSize();
            engine.send(Frame.SIZE, tty.size());
          }
          case Frame.EXIT -> {
            if (signals.isEchoed()) {
              write(err, new byte[] {'\n'}, signals);
            }
            return frame.number(0);
          }
          case Frame.OTHER_BUILD -> {
            return OTHER_BUILD;
          }
          default -> throw new IOException("frame of type " + frame.type());
        }
      }
    } catch (IOException lost) {
      tty.mode(Frame.LINES);
      if (resumable) {
        signals.engineHasGone();
        return ending ? STOPPED : LOST;
      }
      throw new ClientException("connection to the engine is lost", "see 'davit engine logs'");
    } finally {
      tty.mode(Frame.LINES);
    }
  }

  int ttys() {
    return tty.bits();
  }

  private static boolean write(OutputStream stream, byte[] bytes, Signals signals) {
    try {
      stream.write(bytes);
      if (bytes.length > 0 && bytes[bytes.length - 1] == '\n') {
        signals.lineEnded();
      }
      return true;
    } catch (IOException closed) {
      return false;
    }
  }
}
