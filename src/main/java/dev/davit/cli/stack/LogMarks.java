package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.engine.Logs.LogLine;
import dev.davit.engine.Logs.Mark;
import dev.davit.engine.Logs.Stream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How far each container's log has been read for somebody, in words that an engine after this one
/// understands.
public final class LogMarks {
  private static final String BEGUN = "begun";
  private static final String FOLLOWING = "following";

  private final Session session;
  private final Map<String, State> states = new HashMap<>();

  /// @param mark behind the last line that was read
  /// @param out what of a line on stdout was read and is not complete
  private record State(Mark mark, String out, String err) {
    // The texts may be anything: their length says where the first one ends.
    String print() {
      return mark.time() + " " + mark.count() + " " + out.length() + " " + out + err;
    }

    static State parse(String text) {
      String[] parts = text.split(" ", 4);
      int length = Integer.parseInt(parts[2]);
      var mark = new Mark(Instant.parse(parts[0]), Integer.parseInt(parts[1]));
      return new State(mark, parts[3].substring(0, length), parts[3].substring(length));
    }
  }

  /// Those that the session has come with, or none.
  public LogMarks(Session session) {
    this.session = session;
    session
        .resumed()
        .forEach(
            (key, value) -> {
              if (!key.equals(BEGUN) && !key.equals(FOLLOWING)) {
                states.put(key, State.parse(value));
              }
            });
  }

  /// When the command began, with whichever engine.
  public Instant begun(Instant now) {
    String begun = session.resumed().get(BEGUN);
    Instant since = begun == null ? now : Instant.parse(begun);
    session.show(false, "", BEGUN, since.toString());
    return since;
  }

  /// Whether all that there was has been shown, and what comes is followed.
  boolean isFollowing() {
    return session.resumed().containsKey(FOLLOWING);
  }

  void following() {
    session.show(false, "", FOLLOWING, "");
  }

  /// Behind the last line of a container that was read.
  public synchronized Optional<Mark> behind(String container) {
    return Optional.ofNullable(states.get(container)).map(State::mark);
  }

  /// Has a printer go on with the beginnings of lines that were read.
  public synchronized void begin(LogPrinter printer) {
    states.forEach(
        (container, state) -> {
          printer.pending(container, Stream.STDOUT, state.out());
          printer.pending(container, Stream.STDERR, state.err());
        });
  }

  synchronized void read(LogLine line) {
    State before = states.get(line.container());
    Mark mark = Mark.behind(before == null ? null : before.mark(), line);
    states.put(
        line.container(),
        before == null ? new State(mark, "", "") : new State(mark, before.out(), before.err()));
  }

  /// What of the line is read and not shown.
  synchronized void pending(LogLine line, String text) {
    states.computeIfPresent(
        line.container(),
        (_, state) ->
            line.stream() == Stream.STDOUT
                ? new State(state.mark(), text, state.err())
                : new State(state.mark(), state.out(), text));
  }

  /// As the next engine takes it.
  synchronized String of(String container) {
    State state = states.get(container);
    return state == null ? "" : state.print();
  }
}
