package dev.davit.faults;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// An engine that dies while it takes over what another has left, which runs, or has ended in the
/// meantime and is to run again.
///
/// @param ended whether the containers have ended
/// @param stack of the project
record AdoptionTrial(String name, boolean ended, StackTrial stack) implements Trial {

  static AdoptionTrial adopt() {
    return new AdoptionTrial("adopt", false, started(Set.of("store", "web", "worker")));
  }

  static AdoptionTrial revive() {
    return new AdoptionTrial("revive", true, started(Set.of()));
  }

  private static StackTrial started(Set<String> untouched) {
    return StackTrial.of("adopt", true, StackTrial.UP, untouched, StackTrial.ALL);
  }

  @Override
  public void prepare(Bench bench) throws Exception {
    stack.prepare(bench);
    Map<String, Integer> pids = new Project(bench).pids();
    bench.engine().kill();
    if (ended) {
      for (int pid : pids.values()) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  @Override
  public void act(Bench bench, String order) throws Exception {
    bench.restart(order);
    bench.davit("ps");
    Thread.sleep(ended ? 1_000 : 200); // it goes on behind the first command
  }

  @Override
  public List<String> afterDeath(Bench bench) {
    return stack.afterDeath(bench);
  }

  @Override
  public List<String> again(Bench bench) throws Exception {
    return stack.again(bench);
  }

  @Override
  public List<String> cleanUp(Bench bench) {
    return stack.cleanUp(bench);
  }
}
