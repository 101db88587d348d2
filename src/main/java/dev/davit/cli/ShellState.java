package dev.davit.cli;

import java.nio.file.Path;

/// What the shell's own commands change: where it is and which options hold.
final class ShellState {
  private final GlobalOptions initial;
  private Path cwd;
  private GlobalOptions globals;

  ShellState(Path cwd, GlobalOptions globals) {
    this.cwd = cwd;
    this.initial = globals.in(cwd);
    this.globals = initial;
  }

  synchronized Path cwd() {
    return cwd;
  }

  synchronized GlobalOptions globals() {
    return globals;
  }

  synchronized void enter(Path directory) {
    cwd = directory;
  }

  synchronized void use(GlobalOptions options) {
    globals = options.in(cwd);
  }

  synchronized void reset() {
    globals = initial;
  }
}
