package dev.davit.cli;

import dev.davit.compose.text.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.command.CommandContext;

/// One command of one client: what it was called with, its three streams, its terminal and its
/// signals. It rides through Spring Shell as the [CommandContext]'s input reader, so that any
/// number of them run side by side without a thread-bound or global state.
///
/// Output is not buffered: print a table as one string. Printing to a client that has gone is
/// silently lost; a command that goes on without end asks [#isOpen()] or registers [#onSignal].
public final class Session implements InputReader {
  private final Invocation invocation;
  private final InputStream in;
  private final OutputStream out;
  private final OutputStream err;
  private final Screen screen;
  private final Consumer<Signal> unhandled;
  private final List<Signal> unheard = new ArrayList<>();
  private @Nullable Consumer<Signal> signals;
  private volatile Consumer<Size> resized = _ -> {};
  private volatile GlobalOptions globals = GlobalOptions.NONE;
  private volatile Map<String, String> variables = Map.of();
  private volatile List<String> words = List.of();
  private volatile Optional<Origin> origin = Optional.empty();
  private volatile @Nullable Footer footer;
  private volatile boolean open = true;

  /// @param unhandled what a signal does while the command has no [#onSignal]
  Session(Invocation invocation, Streams streams, Screen screen, Consumer<Signal> unhandled) {
    this.invocation = invocation;
    this.in = streams.in();
    this.out = streams.out();
    this.err = streams.err();
    this.screen = screen;
    this.unhandled = unhandled;
  }

  /// The three standard streams. Reading `in` is what makes the client read its stdin.
  record Streams(InputStream in, OutputStream out, OutputStream err) {}

  /// The session that the command runs in.
  public static Session of(CommandContext context) {
    return (Session) context.inputReader();
  }

  public Invocation invocation() {
    return invocation;
  }

  public Path cwd() {
    return invocation.cwd();
  }

  public Map<String, String> env() {
    return invocation.env();
  }

  /// A variable of the caller, or a `COMPOSE_` one of the command's environment files.
  public Optional<String> env(String name) {
    return Optional.ofNullable(invocation.env().get(name))
        .or(() -> Optional.ofNullable(variables.get(name)));
  }

  /// Whether such a variable says yes.
  public boolean isOn(String name) {
    return env(name).filter(Numbers::isOn).isPresent();
  }

  public Invocation.Ttys ttys() {
    return invocation.ttys();
  }

  /// The words after `davit` of the command that runs: those of the shell's line, if it is one.
  public List<String> words() {
    return words;
  }

  /// The options before the command: `davit -f x -p y up`.
  public GlobalOptions globals() {
    return globals;
  }

  /// The client's stdin; nothing of it is consumed until the first read.
  public InputStream in() {
    return in;
  }

  /// The client's stdout; writing to a client that has gone throws.
  public OutputStream out() {
    return above(out, ttys().stdout());
  }

  /// The client's stderr; writing to a client that has gone throws.
  public OutputStream err() {
    return above(err, ttys().stderr());
  }

  private OutputStream above(OutputStream stream, boolean terminal) {
    Footer below = footer;
    return below != null && terminal ? below.above(stream) : stream;
  }

  /// A line that stays below everything that is printed on the terminal, until it is closed.
  public Footer footer() {
    var below = new Footer(out, () -> footer = null);
    footer = below;
    return below;
  }

  /// Prints to stdout, which is for data.
  public void print(String text) {
    write(out(), text);
  }

  public void println(String text) {
    write(out(), text + "\n");
  }

  /// Prints to stdout or stderr, and says how far the command has come with that: if the engine
  /// ends, the next one goes on from there, see [#resumed].
  ///
  /// @param key of what has come to `value`
  public void show(boolean error, String text, String key, String value) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (!screen.show(error, bytes, key, value)) {
        write(error ? err() : out(), text);
      }
    } catch (IOException gone) {
      // Nobody reads any more; the command notices by isOpen or onSignal.
    }
  }

  /// What [#show] was told last with each key, by a session of the same command with an engine that
  /// has ended since; empty as a rule.
  public Map<String, String> resumed() {
    return screen.resumed();
  }

  /// Prints a line to stderr, which is for progress and remarks.
  public void note(String text) {
    write(err(), text + "\n");
  }

  /// Prints a warning to stderr.
  public void warn(String text) {
    Diagnostics.warn(this, text);
  }

  /// False once the client has gone.
  public boolean isOpen() {
    return open;
  }

  /// The terminal's size; asks the client the first time.
  public Size size() {
    return screen.size();
  }

  /// Calls `handler` on each signal that the client gets, and with [Signal#HUP] when the client
  /// goes away. Without a handler a signal ends the session: the client exits with 128 + number,
  /// and the next handler hears of it, so that the command ends too.
  public void onSignal(Consumer<Signal> handler) {
    List<Signal> missed;
    synchronized (unheard) {
      signals = handler;
      missed = List.copyOf(unheard);
      unheard.clear();
    }
    missed.forEach(handler);
  }

  /// From now on a signal ends the session again.
  public void signalsEndIt() {
    synchronized (unheard) {
      signals = null;
    }
  }

  /// Calls `handler` whenever the terminal's size changes.
  public void onResize(Consumer<Size> handler) {
    resized = handler;
  }

  /// Puts the client's terminal into raw mode until the result is closed.
  public TerminalMode raw() {
    return mode(Screen.Mode.BYTES);
  }

  /// Whether there is a terminal whose [#keys()] can be read.
  public boolean hasKeys() {
    return ttys().stdin() && ttys().stdout() && screen.hasKeys();
  }

  /// Lets each key be read when it is typed, without echo, until the result is closed; Ctrl-C goes
  /// on being a signal.
  public TerminalMode keys() {
    return mode(Screen.Mode.KEYS);
  }

  private TerminalMode mode(Screen.Mode mode) {
    screen.mode(mode);
    return () -> screen.mode(Screen.Mode.LINES);
  }

  /// The client's terminal in another mode; closing it restores the terminal.
  public interface TerminalMode extends AutoCloseable {
    @Override
    void close();
  }

  /// Reads one line of stdin; throws at its end.
  @Override
  public String readInput(String prompt) throws IOException {
    print(prompt);
    var line = new ByteArrayOutputStream();
    int read;
    while ((read = in.read()) >= 0 && read != '\n') {
      line.write(read);
    }
    if (read < 0 && line.size() == 0) {
      throw new EOFException("end of stdin");
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public String readInput() throws IOException {
    return readInput("");
  }

  /// Where the command stands in a script, if it stands in one.
  Optional<Origin> origin() {
    return origin;
  }

  void standsAt(Optional<Origin> place) {
    origin = place;
  }

  void use(List<String> argv, GlobalOptions options) {
    words = argv;
    globals = options;
  }

  /// `COMPOSE_` variables, those of the command's environment files included.
  Map<String, String> variables() {
    return variables;
  }

  void knows(Map<String, String> composeVariables) {
    variables = composeVariables;
  }

  Screen screen() {
    return screen;
  }

  void deliver(Signal signal) {
    handler(signal).orElse(unhandled).accept(signal);
  }

  void resized(Size size) {
    resized.accept(size);
  }

  /// The client has gone: tells the command.
  void hangUp() {
    open = false;
    handler(Signal.HUP).ifPresent(handler -> handler.accept(Signal.HUP));
  }

  // Who is to hear of it now; else the next one will.
  private Optional<Consumer<Signal>> handler(Signal signal) {
    synchronized (unheard) {
      if (signals == null) {
        unheard.add(signal);
      }
      return Optional.ofNullable(signals);
    }
  }

  private static void write(OutputStream stream, String text) {
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException gone) {
      // Nobody reads any more; the command notices by isOpen or onSignal.
    }
  }
}
