package dev.davit.cli;

import java.io.IOException;
import java.nio.file.Path;

/// The place that a session's input comes from: the client's own terminal, or the interactive
/// shell's.
interface Screen {
  /// The present size, [Size#USUAL] where there is no terminal.
  Size size();

  /// Switches between raw mode (each byte as typed, no echo, no signals) and line mode.
  void raw(boolean on);

  /// Runs a command line of the host, by `sh -c`, where the client is: its child, on its terminal.
  ///
  /// @param piped whether its input is what is written to the result, else the client's
  HostProgram run(String command, Path directory, boolean piped) throws IOException;

  /// A screen that nobody looks at.
  static Screen none() {
    return new Screen() {
      @Override
      public Size size() {
        return Size.USUAL;
      }

      @Override
      public void raw(boolean on) {}

      @Override
      public HostProgram run(String command, Path directory, boolean piped) throws IOException {
        throw new IOException("no host program runs without a client");
      }
    };
  }
}
