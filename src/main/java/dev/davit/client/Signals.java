package dev.davit.client;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/// Passes the client's signals on to the engine. Who insists, gets out: at the third INT or TERM
/// the client exits by itself.
///
/// The JDK handles signals by `sun.misc.Signal` only (module jdk.unsupported), which javac cannot
/// name without a warning that nothing suppresses; hence the reflection.
final class Signals implements InvocationHandler {
  private static final int INSIST = 3;
  private static final int WINCH = 28;
  private static final String[] NAMES = {"HUP", "INT", "QUIT", "TERM"};

  private final FrameChannel engine;
  private final Tty tty;
  private int received;

  private Signals(FrameChannel engine, Tty tty) {
    this.engine = engine;
    this.tty = tty;
  }

  /// Begins to pass on signals.
  static Signals passTo(FrameChannel engine, Tty tty) {
    var signals = new Signals(engine, tty);
    for (String name : NAMES) {
      signals.handle(name);
    }
    return signals;
  }

  /// Begins to pass on changes of the terminal's size.
  void watchSize() {
    handle("WINCH");
  }

  private void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, this);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      // A JVM that keeps the signal for itself: it does what it does there.
    }
  }

  /// `handle(Signal)` of the handler; nothing else of it is called.
  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    Object signal = arguments[0];
    Object number = signal.getClass().getMethod("getNumber").invoke(signal);
    received((Integer) number);
    return proxy; // ignored: the method returns void
  }

  private void received(int signal) {
    try {
      if (signal == WINCH) {
        engine.send(Frame.SIZE, tty.size());
        return;
      }
      if (++received >= INSIST) {
        tty.raw(false);
        Runtime.getRuntime().halt(128 + signal);
      }
      engine.send(Frame.SIGNAL, signal);
    } catch (IOException e) {
      // The engine has gone, which the reader of its frames notices.
    }
  }
}
