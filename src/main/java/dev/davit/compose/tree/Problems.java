package dev.davit.compose.tree;

import dev.davit.compose.text.MalformedException;
import dev.davit.error.Causes;
import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Note;
import dev.davit.error.Place;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import dev.davit.error.Source.Via;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong, with the source line of each place.
public final class Problems {
  private final SourceLines lines;
  private final List<Report> errors;
  private final List<Report> warnings;
  private final Set<Node> broken;
  private final Map<Place, List<Origin>> origins;
  private final UnaryOperator<Place> reached;
  private final int before;
  private final BooleanSupplier wanted;

  public Problems() {
    this(() -> true);
  }

  /// @param wanted whether somebody still waits for what the work is about
  public Problems(BooleanSupplier wanted) {
    this(
        new SourceLines(),
        Collections.newSetFromMap(new IdentityHashMap<>()),
        new HashMap<>(),
        wanted);
  }

  private Problems(
      SourceLines lines,
      Set<Node> broken,
      Map<Place, List<Origin>> origins,
      BooleanSupplier wanted) {
    this.wanted = wanted;
    this.lines = lines;
    this.errors = new ArrayList<>();
    this.warnings = new ArrayList<>();
    this.broken = broken;
    this.origins = origins;
    this.reached = place -> place;
    this.before = 0;
  }

  private Problems(Problems same, UnaryOperator<Place> reached) {
    this.lines = same.lines;
    this.errors = same.errors;
    this.warnings = same.warnings;
    this.broken = same.broken;
    this.origins = same.origins;
    this.reached = reached;
    this.before = errors.size();
    this.wanted = same.wanted;
  }

  /// Ends the work with UNAVAILABLE if nobody waits for it any more.
  public void checkWanted() {
    if (!wanted.getAsBoolean()) {
      throw new DavitException(Kind.UNAVAILABLE, "the command has been given up");
    }
  }

  /// The same problems, for a part of the work that those found so far do not stop.
  public Problems fromHere() {
    return new Problems(this, reached);
  }

  /// The same problems; to those found through these, one more step leads.
  public Problems reachedBy(Via step) {
    return new Problems(this, place -> reached.apply(place.reachedBy(step)));
  }

  /// New problems of the same files, for work that may go wrong because of those found so far.
  public Problems apart() {
    return new Problems(lines, broken, origins, wanted);
  }

  /// The errors of some codes that were found apart count here too.
  public void take(Problems others, Set<Code> codes) {
    others.errors.stream().filter(it -> codes.contains(it.problem.code())).forEach(errors::add);
  }

  /// An error has been reported of a node; what else would be said of it follows from that.
  public <N extends Node> N broken(N node) {
    broken.add(node);
    return node;
  }

  /// Whether enough has been said of a node.
  public boolean isBroken(Node node) {
    return broken.contains(node);
  }

  /// Where a part of a value comes from: `variable "PORT" is "abc"`.
  public record Origin(String message, Place place) {}

  /// Says where the value at a place comes from, should something be wrong with it.
  public void addOrigins(Place value, List<Origin> known) {
    origins.put(value, List.copyOf(known));
  }

  /// A problem that has been reported, to which more places can be added.
  public final class Report {
    private final Problem problem;
    private final List<Note> notes = new ArrayList<>();

    private Report(Problem problem) {
      this.problem = problem;
    }

    /// Another place that has to do with it, with its line: `first defined here`.
    public Report note(String message, Place place) {
      notes.add(new Note(message, bounded(reached.apply(place)), excerpt(place)));
      return this;
    }

    /// One more place of the same mistake.
    public Report also(TreePath path, Place place) {
      notes.add(Causes.also(path.toString(), bounded(place)));
      return this;
    }

    private Problem problem() {
      var all = new ArrayList<>(notes);
      List<Via> vias = problem.place() == null ? List.of() : problem.place().vias();
      vias.forEach(via -> all.add(new Note(via.how(), via.place(), excerpt(via.place()))));
      return new Problem(
          problem.code(),
          problem.severity(),
          problem.place(),
          problem.path(),
          problem.message(),
          problem.excerpt(),
          problem.help(),
          all);
    }
  }

  /// Makes a file's text known, so that its lines can be shown.
  public void addFile(String name, String text) {
    lines.add(name, text);
  }

  public Report error(Code code, Place place, TreePath path, String message) {
    return error(code, place, path, message, null);
  }

  /// @param help what to write instead
  public Report error(
      Code code, Place place, TreePath path, String message, @Nullable String help) {
    Problem problem = problem(code, Severity.ERROR, place, path, message, help);
    errors.add(new Report(problem));
    return errors.getLast();
  }

  /// Text that is not what it should be: the caret is below the part that is wrong.
  ///
  /// @param place of the whole value
  public Report error(Place place, TreePath path, MalformedException e) {
    Place part = e.part().map(it -> lines.part(place, it)).orElse(place);
    Report report = error(e.code(), part, path, e.text(), e.help().orElse(null));
    origins.getOrDefault(place, List.of()).forEach(it -> report.note(it.message(), it.place()));
    return report;
  }

  /// @param help what to write instead
  public Report warning(
      Code code, Place place, TreePath path, String message, @Nullable String help) {
    Problem problem = problem(code, Severity.WARNING, place, path, message, help);
    warnings.add(new Report(problem));
    return warnings.getLast();
  }

  private Problem problem(
      Code code,
      Severity severity,
      Place place,
      TreePath path,
      String message,
      @Nullable String help) {
    return new Problem(
        code,
        severity,
        bounded(reached.apply(place)),
        path.toString(),
        message,
        excerpt(place),
        help,
        List.of());
  }

  private @Nullable String excerpt(Place place) {
    return lines.at(place).orElse(null);
  }

  private Place bounded(Place place) {
    return lines.at(place).map(place::within).orElse(place);
  }

  /// Errors in the order of the files, each said once.
  public List<Problem> errors() {
    return inFileOrder(errors);
  }

  /// Whether an error was found since these problems were made.
  public boolean hasErrors() {
    return errors.size() > before;
  }

  /// Warnings in the order of the files, one for each cause.
  public List<Problem> warnings() {
    return Causes.once(inFileOrder(warnings));
  }

  private List<Problem> inFileOrder(List<Report> reports) {
    var ranks = new HashMap<String, Integer>();
    lines.files().forEach(file -> ranks.put(file, ranks.size()));
    Comparator<Place> order =
        Comparator.comparingInt((Place place) -> ranks.getOrDefault(place.file(), -1))
            .thenComparingInt(Place::line)
            .thenComparingInt(Place::column);
    return reports.stream()
        .map(Report::problem)
        .distinct()
        .sorted(Comparator.comparing(Problem::place, Comparator.nullsLast(order)))
        .toList();
  }

  /// The text of each file.
  public SourceLines lines() {
    return lines;
  }
}
