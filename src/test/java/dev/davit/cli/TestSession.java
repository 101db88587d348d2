package dev.davit.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A session whose output is kept, for tests of commands.
public final class TestSession {
  // What a terminal obeys and does not show.
  private static final Pattern CONTROL =
      Pattern.compile("\u001b(\\[[0-9;?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>])|\u0007");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Heard out = new Heard();
  private final Heard err = new Heard();
  private final Session session;

  private TestSession(Invocation invocation, String stdin) {
    this(
        invocation,
        new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
        Screen.none());
  }

  private TestSession(Invocation invocation, InputStream in, Screen screen) {
    session = new Session(invocation, new Session.Streams(in, out, err), screen, _ -> {});
  }

  /// A terminal that somebody sits at.
  public static final class Keyboard {
    private final CreditedInput typed = new CreditedInput(_ -> {});
    private final TestSession session;
    private volatile Size size;

    /// A session in `cwd` whose three streams are a terminal of that size.
    public Keyboard(Path cwd, Map<String, String> env, Size size) {
      this.size = size;
      var invocation = new Invocation(List.of(), cwd, env, new Invocation.Ttys(true, true, true));
      session = new TestSession(invocation, typed, new Window());
    }

    public TestSession session() {
      return session;
    }

    public void types(String text) {
      typed.add(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Nothing more will be typed.
    public void ends() {
      typed.end();
    }

    /// Makes the window larger or smaller.
    public void resizes(Size other) {
      size = other;
      session.session.resized(other);
    }

    private final class Window implements Screen {
      @Override
      public Size size() {
        return size;
      }

      @Override
      public void mode(Mode mode) {}

      @Override
      public HostProgram run(String command, Path directory, boolean piped) throws IOException {
        return Screen.none().run(command, directory, piped);
      }
    }
  }

  /// A session in `cwd` without terminal and with an empty stdin.
  public static TestSession in(Path cwd, Map<String, String> env) {
    return new TestSession(new Invocation(List.of(), cwd, env, Invocation.Ttys.NONE), "");
  }

  /// As [#in(Path, Map)], but with something on stdin.
  public static TestSession in(Path cwd, Map<String, String> env, String stdin) {
    return new TestSession(new Invocation(List.of(), cwd, env, Invocation.Ttys.NONE), stdin);
  }

  public static TestSession withStdin(String stdin) {
    return new TestSession(
        new Invocation(List.of(), Path.of("/"), Map.of(), Invocation.Ttys.NONE), stdin);
  }

  /// Runs the words after `davit` and returns the exit code.
  public int run(Catalogue catalogue, String... argv) {
    return new CommandLine(catalogue).run(List.of(argv), session, GlobalOptions.NONE);
  }

  public Session session() {
    return session;
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /// Waits until the command has printed `text`.
  public void awaitOut(String text) throws InterruptedException {
    out.await(text);
  }

  /// Waits until `text` is the last that can be seen.
  public void awaitEnd(String text) throws InterruptedException {
    out.await(text, all -> CONTROL.matcher(all).replaceAll("").endsWith(text));
  }

  public void awaitErr(String text) throws InterruptedException {
    err.await(text);
  }

  /// Gives a signal to the command that runs.
  public void deliver(Signal signal) {
    session.deliver(signal);
  }

  /// Keeps what is written, and wakes who waits for it.
  private static final class Heard extends ByteArrayOutputStream {
    @Override
    public synchronized void write(int b) {
      super.write(b);
      notifyAll();
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      notifyAll();
    }

    void await(String text) throws InterruptedException {
      await(text, all -> all.contains(text));
    }

    /// @param text what is waited for, for people
    synchronized void await(String text, Predicate<String> condition) throws InterruptedException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!condition.test(toString(StandardCharsets.UTF_8))) {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
          throw new AssertionError("no \"%s\" in \"%s\"".formatted(text, this));
        }
        wait(left);
      }
    }
  }
}
