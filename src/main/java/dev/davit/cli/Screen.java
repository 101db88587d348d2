package dev.davit.cli;

/// The terminal that a session's input comes from: the client's own, or the interactive shell's.
interface Screen {
  /// The present size, [Size#USUAL] where there is no terminal.
  Size size();

  /// Switches between raw mode (each byte as typed, no echo, no signals) and line mode.
  void raw(boolean on);

  /// A screen that nobody looks at.
  static Screen none() {
    return new Screen() {
      @Override
      public Size size() {
        return Size.USUAL;
      }

      @Override
      public void raw(boolean on) {}
    };
  }
}
