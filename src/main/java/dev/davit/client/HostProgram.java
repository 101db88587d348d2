package dev.davit.client;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A program of the host that the interactive shell wants run: it is the client's child, with the
/// client's terminal, environment, user and limits. Its input is the client's, or what the engine
/// sends.
final class HostProgram {
  /// As shells say that a program cannot be executed.
  private static final int NOT_EXECUTABLE = 126;

  private final FrameChannel engine;
  private final Tty tty;
  private final Stdin stdin;
  private final boolean piped;
  private final ProcessBuilder builder;
  private OutputStream pipe = OutputStream.nullOutputStream();

  private HostProgram(FrameChannel engine, Tty tty, Stdin stdin, byte[] payload) {
    this.engine = engine;
    this.tty = tty;
    this.stdin = stdin;
    String text = new String(payload, StandardCharsets.UTF_8);
    int behindDirectory = text.indexOf('\0');
    piped = text.charAt(0) == Frame.PIPED;
    builder =
        new ProcessBuilder(List.of("/bin/sh", "-c", text.substring(behindDirectory + 1)))
            .directory(new File(text.substring(1, behindDirectory)))
            .redirectOutput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT);
  }

  /// Runs what a [Frame#RUN] says; the engine is told when it has ended.
  static HostProgram run(FrameChannel engine, Tty tty, Stdin stdin, byte[] payload)
      throws IOException {
    var program = new HostProgram(engine, tty, stdin, payload);
    int mode = tty.lend();
    boolean free = stdin.pause();
    Redirect own = free ? Redirect.INHERIT : Redirect.from(new File("/dev/null"));
    program.builder.redirectInput(program.piped ? Redirect.PIPE : own);
    try {
      Process process = program.builder.start();
      program.pipe = program.piped ? process.getOutputStream() : program.pipe;
      var _ = process.onExit().thenAccept(ended -> program.ended(mode, ended.exitValue()));
    } catch (IOException e) {
      System.err.println("davit: " + e.getMessage());
      program.ended(mode, NOT_EXECUTABLE);
    }
    return program;
  }

  private void ended(int mode, int code) {
    tty.takeBack(mode);
    stdin.resume();
    try {
      engine.send(Frame.RAN, code);
    } catch (IOException gone) {
      // The reader of the engine's frames notices.
    }
  }

  /// Gives it input; what it does not want to read is thrown away.
  void write(byte[] bytes) {
    try {
      pipe.write(bytes);
      pipe.flush();
    } catch (IOException unread) {
      pipe = OutputStream.nullOutputStream();
    }
  }

  void endInput() {
    try {
      pipe.close();
    } catch (IOException unread) {
      // It has ended before.
    }
  }
}
