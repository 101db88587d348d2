package dev.davit.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/// A program of the host that the client runs. What is written to it is its input, if it was
/// started for that; writing throws once it has ended.
final class HostProgram extends OutputStream {
  static final HostProgram ENDED = new HostProgram(OutputStream.nullOutputStream(), () -> {});

  private final OutputStream input;
  private final End end;
  private final CompletableFuture<Integer> code = new CompletableFuture<>();

  /// Says that there is no more input.
  interface End {
    void say() throws IOException;
  }

  HostProgram(OutputStream input, End end) {
    this.input = input;
    this.end = end;
  }

  void ended(int exitCode) {
    code.complete(exitCode);
  }

  /// Completes with its exit code.
  CompletableFuture<Integer> exit() {
    return code;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (code.isDone()) {
      throw new IOException("host program has ended");
    }
    input.write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (!code.isDone()) {
      end.say();
    }
  }
}
