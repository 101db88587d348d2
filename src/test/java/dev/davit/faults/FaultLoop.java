package dev.davit.faults;

import dev.davit.test.LocalRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// Kills the engine at every step that a command makes, one after the other, and looks each time
/// whether the next engine keeps every promise. The steps are those that the command was seen to
/// make, so that a new one is tried without anybody's doing.
///
/// As a program, as root, with the test's class path:
///
///     java dev.davit.faults.FaultLoop SECONDS [TRIAL…]
final class FaultLoop {
  private static final String RECORD = "record";

  private final Bench bench;
  private final Duration budget;
  private final PrintStream out;
  private final List<String> faults = new ArrayList<>();

  FaultLoop(Bench bench, Duration budget, PrintStream out) {
    this.bench = bench;
    this.budget = budget;
    this.out = out;
  }

  /// What was found so far.
  List<String> faults() {
    return List.copyOf(faults);
  }

  /// Tries one command at as many of its steps as there is time for; prints a line of figures.
  void run(Trial trial) throws Exception {
    trial.setUp(bench);
    Map<String, Integer> steps = steps(trial);
    List<FaultPoint> points = points(steps);
    long end = System.nanoTime() + budget.toNanos();
    int kills = 0;
    int missed = 0;
    int before = faults.size();
    for (FaultPoint point : points) {
      if (System.nanoTime() > end) {
        break;
      }
      if (tried(trial, point)) {
        kills++;
      } else {
        missed++;
      }
    }
    out.printf(
        "%-10s %5d calls, %4d steps, %4d points: %4d kills, %3d not reached, %2d faults%n",
        trial.name(),
        steps.values().stream().mapToInt(Integer::intValue).sum(),
        steps.size(),
        points.size(),
        kills,
        missed,
        faults.size() - before);
  }

  // Without a death first: what is wrong then is the trial's own mistake.
  private Map<String, Integer> steps(Trial trial) throws Exception {
    trial.prepare(bench);
    trial.act(bench, RECORD);
    Thread.sleep(100); // what goes on behind the command
    Map<String, Integer> steps = bench.engine().steps();
    var wrong = new ArrayList<String>(trial.again(bench));
    wrong.addAll(trial.cleanUp(bench));
    if (!wrong.isEmpty()) {
      throw new AssertionError(trial.name() + " without a death: " + wrong);
    }
    return steps;
  }

  /// The first and the last time that each step is made; in an order that has early and late ones
  /// in every part.
  private static List<FaultPoint> points(Map<String, Integer> steps) {
    var points = new ArrayList<FaultPoint>();
    steps.forEach(
        (step, count) ->
            Stream.of(1, count).distinct().map(i -> new FaultPoint(step, i)).forEach(points::add));
    Collections.shuffle(points, new Random(steps.size()));
    return points;
  }

  private boolean tried(Trial trial, FaultPoint point) throws Exception {
    var wrong = new ArrayList<String>();
    boolean reached = false;
    try {
      trial.prepare(bench);
      trial.act(bench, point.order());
      reached = bench.engine().dies(1);
      if (reached) {
        bench.restart();
        wrong.addAll(trial.afterDeath(bench));
      } else {
        bench.engine().order("off");
      }
      wrong.addAll(trial.again(bench));
      wrong.addAll(trial.cleanUp(bench));
    } catch (AssertionError | RuntimeException e) {
      wrong.add(e.toString());
    }
    if (!wrong.isEmpty()) {
      faults.add(trial.name() + " at " + point);
      out.println("FAULT " + faults.getLast());
      wrong.forEach(each -> out.println("    " + each));
      repair(trial);
    }
    return reached;
  }

  // So that the next point begins from a clean state, also after a fault.
  private void repair(Trial trial) throws Exception {
    for (int i = 0; i < 3; i++) {
      if (!bench.engine().isAlive()) {
        bench.restart();
      }
      List<String> left = trial.cleanUp(bench);
      if (left.isEmpty()) {
        return;
      }
      out.println("    still: " + left);
      bench.engine().kill();
    }
    bench.restart();
    bench.callThisEmpty();
  }

  /// Every command that is tried; what changes how engines are started comes last.
  static List<Trial> trials(Path directory, LocalRegistry registry) throws IOException {
    var trials =
        new ArrayList<Trial>(
            List.of(
                StackTrial.up(),
                StackTrial.scale(),
                StackTrial.recreate(),
                StackTrial.restart(),
                StackTrial.down(),
                AdoptionTrial.adopt(),
                AdoptionTrial.revive(),
                ImageTrial.load(directory),
                ImageTrial.pull(directory, registry)));
    if (InstallTrial.possible()) {
      trials.add(InstallTrial.in(directory));
    }
    return trials;
  }

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("davit-faults");
    List<String> names = List.of(args).subList(1, args.length);
    Duration each = Duration.ofSeconds(Long.parseLong(args[0]));
    System.exit(run(directory, each, names, System.out).isEmpty() ? 0 : 1);
  }

  /// Tries the commands of these names, or all, and returns the faults.
  static List<String> run(Path directory, Duration each, List<String> names, PrintStream out)
      throws Exception {
    Path data = Files.createDirectory(directory.resolve("registry"));
    try (var registry = LocalRegistry.start(data, LocalRegistry.Options.PLAIN);
        var bench = new Bench(directory)) {
      FaultLoop loop = loop(bench, each, out);
      for (Trial trial : trials(directory, registry)) {
        if (names.isEmpty() || names.contains(trial.name())) {
          loop.run(trial);
        }
      }
      return loop.faults();
    }
  }

  /// A loop over an engine that has had a project once, so that what stays of it is known.
  private static FaultLoop loop(Bench bench, Duration each, PrintStream out) throws Exception {
    Project.write(bench.directory());
    StackTrial.up().act(bench, RECORD);
    bench.mark();
    new Project(bench).davit(1, List.of("down", "-v")).succeeds();
    bench.callThisEmpty();
    return new FaultLoop(bench, each, out);
  }
}
