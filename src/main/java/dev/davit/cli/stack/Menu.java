package dev.davit.cli.stack;

import dev.davit.cli.Footer;
import dev.davit.cli.Session;
import dev.davit.cli.progress.Columns;
import dev.davit.cli.progress.Renderers;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Keys that a command offers in the terminal's lowest line while it runs.
final class Menu implements AutoCloseable {
  private final Session session;
  private final List<Key> keys;
  private final boolean colours;
  private final Session.TerminalMode mode;
  private final Footer footer;
  private final Thread reading;
  private volatile String message = "";

  /// @param label what it does now
  /// @param press does it, and returns what is to be said of it, or nothing
  /// @param last whether what is typed behind it is for whoever reads keys next
  record Key(char letter, Supplier<String> label, Supplier<String> press, boolean last) {}

  /// @param keys no more than fit into a line
  Menu(Session session, List<Key> keys) {
    this.session = session;
    this.keys = keys;
    this.colours = Renderers.colours(session, true);
    mode = session.keys();
    footer = session.footer();
    session.onResize(_ -> show());
    show();
    reading = Thread.ofVirtual().name("menu").start(this::read);
  }

  private void read() {
    try {
      boolean over = false;
      while (!over) {
        int typed = session.in().read();
        over = typed < 0 || press((char) typed);
      }
    } catch (IOException closed) {
      // The command goes on without keys.
    }
  }

  private boolean press(char typed) {
    if (typed == '\n' || typed == '\r') {
      session.println(""); // people part what they have read from what comes
    }
    message = "";
    boolean last = false;
    for (Key key : keys) {
      if (key.letter() == typed) {
        message = key.press().get();
        last = key.last();
      }
    }
    show();
    return last;
  }

  // Who reads keys after the menu, the shell's prompt, misses none of them.
  private void letGo() {
    reading.interrupt();
    try {
      reading.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Shows the keys as they are now.
  void show() {
    int width = session.size().columns() - 1;
    String said = message.isEmpty() ? "" : "   " + message;
    String plain =
        keys.stream().map(key -> key.letter() + " " + key.label().get()).collect(joined()) + said;
    boolean fits = Columns.of(plain) <= width;
    footer.show(fits && colours ? coloured() + said : Columns.fit(plain, width));
  }

  private String coloured() {
    return keys.stream()
        .map(key -> "\033[1;36m" + key.letter() + "\033[0m " + key.label().get())
        .collect(joined());
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining("   ");
  }

  @Override
  public void close() {
    session.onResize(_ -> {});
    letGo();
    footer.close();
    mode.close();
  }
}
