package dev.davit.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What the client said when it called.
///
/// @param argv the words after `davit`
/// @param cwd the client's working directory
/// @param env the client's environment
/// @param ttys which of its standard streams are terminals
/// @param witness is told each command line that is run for it
public record Invocation(
    List<String> argv,
    Path cwd,
    Map<String, String> env,
    Ttys ttys,
    Consumer<List<String>> witness) {
  /// One that nobody watches.
  public Invocation(List<String> argv, Path cwd, Map<String, String> env, Ttys ttys) {
    this(argv, cwd, env, ttys, _ -> {});
  }

  public Invocation {
    argv = List.copyOf(argv);
    env = Map.copyOf(env);
  }

  /// Which of the three standard streams are terminals.
  public record Ttys(boolean stdin, boolean stdout, boolean stderr) {
    public static final Ttys NONE = new Ttys(false, false, false);
  }

  Invocation withArgv(List<String> words) {
    return new Invocation(words, cwd, env, ttys, witness);
  }
}
