package dev.davit.faults;

import dev.davit.faults.FaultyEngine.Ran;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A command about a project of three services.
///
/// @param start whether the project is up before the command
/// @param argv the command
/// @param generation what the variable of that name is for the command
/// @param untouched services that the command has nothing to do with: their containers run through
/// @param wanted how many containers each service has afterwards
record StackTrial(
    String name,
    boolean start,
    List<String> argv,
    int generation,
    Set<String> untouched,
    Map<String, Integer> wanted,
    Map<String, Integer> running)
    implements Trial {
  static final Map<String, Integer> ALL = Map.of("store", 1, "web", 1, "worker", 1);
  static final List<String> UP = List.of("up", "-d");

  static StackTrial of(
      String name,
      boolean start,
      List<String> argv,
      Set<String> untouched,
      Map<String, Integer> wanted) {
    return new StackTrial(name, start, argv, 1, untouched, wanted, new TreeMap<>());
  }

  static StackTrial up() {
    return of("up", false, UP, Set.of(), ALL);
  }

  static StackTrial scale() {
    var wanted = Map.of("store", 1, "web", 1, "worker", 2);
    List<String> argv = List.of("up", "-d", "--scale", "worker=2");
    return of("scale", true, argv, Set.of("store", "web", "worker"), wanted);
  }

  static StackTrial recreate() {
    Set<String> untouched = Set.of("store", "worker");
    return new StackTrial("recreate", true, UP, 2, untouched, ALL, new TreeMap<>());
  }

  static StackTrial restart() {
    return of("restart", true, List.of("restart", "worker"), Set.of("store", "web"), ALL);
  }

  static StackTrial down() {
    return of("down", true, List.of("down", "-v"), Set.of(), Map.of());
  }

  @Override
  public void prepare(Bench bench) throws Exception {
    running.clear();
    if (start) {
      new Project(bench).davit(1, UP).succeeds();
      bench.mark();
      running.putAll(new Project(bench).pids());
      running.keySet().removeIf(name -> !untouched.contains(Project.service(name)));
    }
  }

  @Override
  public void act(Bench bench, String order) throws InterruptedException {
    bench.engine().order(order);
    new Project(bench).davit(generation, argv);
  }

  @Override
  public List<String> afterDeath(Bench bench) {
    bench.mark();
    return survived(new Project(bench).pids());
  }

  private List<String> survived(Map<String, Integer> now) {
    var wrong = new ArrayList<String>();
    running.forEach(
        (container, pid) -> {
          if (!pid.equals(now.get(container))) {
            wrong.add(
                "%s ran as process %d, now as %s".formatted(container, pid, now.get(container)));
          }
        });
    return wrong;
  }

  @Override
  public List<String> again(Bench bench) throws Exception {
    var project = new Project(bench);
    var wrong = new ArrayList<String>();
    Ran ran = project.davit(generation, argv);
    if (ran.code() != 0) {
      wrong.add("the command again: exit code " + ran.code() + ": " + ran.err());
    }
    if (name.equals("restart")) {
      wrong.addAll(project.davit(1, UP).code() == 0 ? List.of() : List.of("up fails"));
    }
    bench.mark();
    wrong.addAll(project.wrong(wanted, generation));
    wrong.addAll(survived(project.pids()));
    return wrong;
  }

  @Override
  public List<String> cleanUp(Bench bench) {
    var wrong = new ArrayList<String>();
    Ran ran = new Project(bench).davit(1, List.of("down", "-v"));
    if (ran.code() != 0) {
      wrong.add("down: exit code " + ran.code() + ": " + ran.err());
    }
    wrong.addAll(bench.left());
    return wrong;
  }
}
