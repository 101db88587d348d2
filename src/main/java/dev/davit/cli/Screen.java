package dev.davit.cli;

import dev.davit.client.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// The place that a session's input comes from: the client's own terminal, or the interactive
/// shell's.
interface Screen {
  /// The present size, [Size#USUAL] where there is no terminal.
  Size size();

  /// How what is typed gets here.
  enum Mode {
    /// Line by line.
    LINES(Frame.LINES),
    /// Each byte as typed, no echo, no signals.
    BYTES(Frame.BYTES),
    /// Each key when it is typed, no echo; Ctrl-C is a signal.
    KEYS(Frame.KEYS);

    final int number;

    Mode(int number) {
      this.number = number;
    }
  }

  void mode(Mode mode);

  /// Whether it knows [Mode#KEYS].
  default boolean hasKeys() {
    return true;
  }

  /// Shows bytes on stdout or stderr and remembers, together or not at all, how far the command has
  /// come: should the engine end, the next one is told and goes on from there. False where that is
  /// not possible, and then nothing is shown.
  ///
  /// @param key of what has come to `value`
  default boolean show(boolean error, byte[] bytes, String key, String value) throws IOException {
    return false;
  }

  /// How far the command had come with an earlier engine: values by key.
  default Map<String, String> resumed() {
    return Map.of();
  }

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
      public void mode(Mode mode) {}

      @Override
      public HostProgram run(String command, Path directory, boolean piped) throws IOException {
        throw new IOException("no host program runs without a client");
      }
    };
  }
}
