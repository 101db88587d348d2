package dev.davit.cli.stack;

import static java.util.stream.Collectors.joining;

import dev.davit.cli.Session;
import dev.davit.cli.progress.Renderers;
import dev.davit.engine.Container;
import dev.davit.engine.Logs.LogLine;
import dev.davit.engine.Logs.Stream;
import dev.davit.format.Neutral;
import dev.davit.reconcile.Labels;
import dev.davit.reconcile.Subject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Prints lines of containers behind their names, aligned, each name in its own colour.
public final class LogPrinter {
  private static final List<String> COLOURS =
      List.of("36", "33", "32", "35", "34", "96", "93", "92", "95", "94");

  private final Session session;
  private final Style style;
  private final boolean colours;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> partial = new HashMap<>();
  private final Optional<LogMarks> marks;
  private int width;
  private volatile long printed;

  /// @param prefix whether the name stands before each line
  /// @param raw whether control sequences of containers reach the terminal
  /// @param details whether what a line says of its container stands before it
  public record Style(
      boolean colour, boolean prefix, boolean timestamps, boolean raw, boolean details) {
    public Style(boolean colour, boolean prefix, boolean timestamps) {
      this(colour, prefix, timestamps, false, false);
    }
  }

  public LogPrinter(Session session, Style style) {
    this(session, style, Optional.empty());
  }

  /// @param marks are told of every line, and the client with what is printed, so that another
  ///   engine can go on
  public LogPrinter(Session session, Style style, Optional<LogMarks> marks) {
    this.session = session;
    this.marks = marks;
    this.style = style;
    this.colours = style.colour() && Renderers.colours(session, session.ttys().stdout());
  }

  /// Makes room for the containers' names.
  synchronized void add(Collection<Container> containers) {
    for (Container container : containers) {
      String name = shortName(container);
      names.put(container.id(), name);
      width = Math.max(width, name.length());
    }
  }

  /// `web-1` of `shop-web-1`.
  static String shortName(Container container) {
    String project = Labels.project(container);
    String name = container.name();
    // By "_" where --compatibility was asked for.
    return name.startsWith(project + "-") || name.startsWith(project + "_")
        ? name.substring(project.length() + 1)
        : name;
  }

  /// Prints a line; the parts of a long one are put together.
  public synchronized void print(LogLine line) {
    String key = line.container() + line.stream();
    String text = partial.getOrDefault(key, "") + line.text();
    marks.ifPresent(all -> all.read(line));
    if (line.partial() && text.length() < 1 << 16) {
      partial.put(key, text);
      marks.ifPresent(all -> all.pending(line, text));
      return;
    }
    partial.remove(key);
    marks.ifPresent(all -> all.pending(line, ""));
    String stamp = style.timestamps() ? line.time() + " " : "";
    String shown = prefix(line.container()) + stamp + details(line) + safe(text) + "\n";
    boolean error = line.stream() == Stream.STDERR;
    printed++;
    if (marks.isPresent()) {
      session.show(error, shown, line.container(), marks.get().of(line.container()));
    } else {
      write(error ? session.err() : session.out(), shown);
    }
  }

  /// How many lines of containers have been printed.
  long printed() {
    return printed;
  }

  /// Goes on with lines of which an earlier engine has shown nothing yet but read the beginning.
  synchronized void pending(String container, Stream stream, String text) {
    if (!text.isEmpty()) {
      partial.put(container + stream, text);
    }
  }

  // As docker has them: NAME=VALUE,NAME=VALUE, quoted as in addresses of the web.
  private String details(LogLine line) {
    if (!style.details()) {
      return "";
    }
    return new TreeMap<>(line.attributes())
        .entrySet().stream()
            .map(it -> quoted(it.getKey()) + "=" + quoted(it.getValue()))
            .collect(joining(",", "", " "));
  }

  private static String quoted(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  /// Prints a line about a container among the others.
  synchronized void status(Container container, String text) {
    write(session.out(), shortName(container) + " " + text + "\n");
  }

  /// Prints a line about what watching has done.
  synchronized void watch(String text) {
    String mark = " ".repeat(width) + " ⦿ ";
    write(session.out(), (colours ? "\033[92m" + mark + "\033[0m" : mark) + text + "\n");
  }

  /// Prints a line that a hook of a container has written.
  synchronized void hook(Subject subject, String text) {
    String name = style.prefix() ? subject.shortName() + " ->" : "";
    write(session.out(), style.prefix() ? name + "  | " + safe(text) + "\n" : safe(text) + "\n");
  }

  private String safe(String text) {
    if (style.raw()) {
      return text;
    }
    return colours ? Neutral.coloured(text) : Neutral.text(text);
  }

  private String prefix(String id) {
    if (!style.prefix()) {
      return "";
    }
    String name = names.getOrDefault(id, id.substring(0, Math.min(12, id.length())));
    String padded = name + " ".repeat(Math.max(0, width - name.length())) + "  | ";
    return colours ? "\033[" + colour(name) + "m" + padded + "\033[0m" : padded;
  }

  /// The same name has the same colour whatever else is there; the replicas of a service differ.
  static String colour(String name) {
    int dash = name.lastIndexOf('-');
    boolean numbered = dash > 0 && name.substring(dash + 1).matches("\\d{1,6}");
    int number = numbered ? Integer.parseInt(name.substring(dash + 1)) : 0;
    // Spread: names are short and alike, their hashes are too.
    int hash = (numbered ? name.substring(0, dash) : name).hashCode() * 0x9e3779b1;
    return COLOURS.get(Math.floorMod((hash >>> 16) + number, COLOURS.size()));
  }

  private static void write(OutputStream stream, String text) {
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException gone) {
      // Nobody reads any more; the command hears of it as a signal.
    }
  }
}
