package dev.davit.client;

import java.io.IOException;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Passes the client's signals on to the engine. Who insists, gets out: at the third one the client
/// exits by itself. (SIGQUIT belongs to the JVM.)
final class Signals implements SignalHandler {
  private static final int INSIST = 3;
  private static final String[] NAMES = {"HUP", "INT", "TERM"};

  private final FrameChannel engine;
  private final Tty tty;
  private int received;
  private volatile boolean echoed;
  private volatile boolean alone;

  private Signals(FrameChannel engine, Tty tty) {
    this.engine = engine;
    this.tty = tty;
  }

  /// Begins to pass on signals.
  static Signals passTo(FrameChannel engine, Tty tty) {
    var signals = new Signals(engine, tty);
    for (String name : NAMES) {
      Signal.handle(new Signal(name), signals);
    }
    return signals;
  }

  /// Begins to pass on changes of the terminal's size.
  void watchSize() {
    Signal.handle(new Signal("WINCH"), this);
  }

  /// Whether the terminal shows a `^C` that nothing has been printed behind.
  boolean isEchoed() {
    return echoed;
  }

  /// A whole line has been printed.
  void lineEnded() {
    echoed = false;
  }

  /// Nobody is there to hear of signals: from now on each ends the client.
  void engineHasGone() {
    alone = true;
  }

  @Override
  public void handle(Signal signal) {
    try {
      if (signal.getName().equals("WINCH")) {
        engine.send(Frame.SIZE, tty.size());
        return;
      }
      echoed = signal.getName().equals("INT") && tty.echoes();
      if (alone || (!tty.isLent() && ++received >= INSIST)) {
        tty.mode(Frame.LINES);
        Runtime.getRuntime().halt(128 + signal.getNumber());
      }
      engine.send(Frame.SIGNAL, signal.getNumber());
    } catch (IOException e) {
      // The engine has gone, which the reader of its frames notices.
    }
  }
}
