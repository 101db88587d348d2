package dev.davit.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A session whose output is kept, for tests of commands.
public final class TestSession {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Session session;

  private TestSession(Invocation invocation, String stdin) {
    var in = new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8));
    session = new Session(invocation, new Session.Streams(in, out, err), Screen.none(), _ -> {});
  }

  /// A session in `cwd` without terminal and with an empty stdin.
  public static TestSession in(Path cwd, Map<String, String> env) {
    return new TestSession(new Invocation(List.of(), cwd, env, Invocation.Ttys.NONE), "");
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
}
