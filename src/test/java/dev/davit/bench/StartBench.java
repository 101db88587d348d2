package dev.davit.bench;

import static dev.davit.program.Calls.execve;

import dev.davit.cgroup.Cgroups;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.Containers;
import dev.davit.engine.Engine;
import dev.davit.engine.EngineDirectories;
import dev.davit.engine.Networking;
import dev.davit.image.HostImage;
import dev.davit.linux.Fd;
import dev.davit.linux.Pidfd;
import dev.davit.network.EndpointConfig;
import dev.davit.network.NetworkConfig;
import dev.davit.network.Networks;
import dev.davit.program.Clone;
import dev.davit.program.Program;
import dev.davit.program.ProgramRunner;
import dev.davit.test.Programs;
import dev.davit.volume.Volumes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How long a container takes to run `/bin/true`, beside other ways to isolate a process. All take
/// turns in the same run, and the commands of others are started by the same clone3 and execve, so
/// that neither a shell nor the load of the moment favours one. `bench/start` says the rest.
final class StartBench {
  /// The JVM compiles what has run some 200 times; a warm engine has done that.
  private static final int WARM_UP = 250;

  /// One thing to be measured: runs once, gives nanoseconds.
  private interface Contestant {
    long run() throws Exception;
  }

  private final Map<String, Contestant> contestants = new LinkedHashMap<>();
  private final Map<String, List<Long>> times = new LinkedHashMap<>();
  private int number;

  private StartBench() {}

  /// @param args a new directory, rounds, then `NAME=COMMAND` for each command of others
  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[0]));
    int rounds = Integer.parseInt(args[1]);
    var bench = new StartBench();
    for (String command : List.of(args).subList(2, args.length)) {
      int equals = command.indexOf('=');
      bench.add(command.substring(0, equals), words(command.substring(equals + 1)));
    }
    Path run = Files.createDirectories(directory.resolve("run"));
    Path root = Files.createDirectories(directory.resolve("root"));
    var images = new HostImage(root, run);
    var bare = new BareStart(directory, images.require("davit/host"), Cgroups.detect());
    bench.contestants.put("runtime alone, start", () -> bare.run(false));
    bench.contestants.put("runtime alone, start to exit", () -> bare.run(true));
    if (Boolean.getBoolean("bench.bare")) {
      bench.measure(rounds);
      bench.print();
      return;
    }
    try (var networks = Networks.open(root.resolve("networks"), run);
        var engine =
            Engine.open(
                new EngineDirectories(root, run),
                images,
                networks,
                Volumes.open(root.resolve("volumes")),
                Cgroups.detect())) {
      bench.add(engine.containers(), networks);
      try {
        bench.measure(rounds);
      } finally {
        networks.remove("bench");
      }
    }
    bench.print();
  }

  private static List<String> words(String command) {
    return List.of(command.split(" ", -1));
  }

  private void add(Containers containers, Networks networks) {
    var network = networks.create(NetworkConfig.bridge("bench"));
    var connected =
        Networking.ofNetworks(List.of(EndpointConfig.of(network.name(), List.of())), List.of());
    add(containers, "", Networking.NONE);
    add(containers, ", with network", connected);
  }

  /// The verb `start` alone, and the way from nothing to nothing.
  private void add(Containers containers, String suffix, Networking networking) {
    contestants.put(
        "davit start" + suffix,
        () -> {
          String id = create(containers, networking);
          long before = System.nanoTime();
          containers.start(id);
          long time = System.nanoTime() - before;
          ended(containers, id);
          containers.remove(id, true, true);
          return time;
        });
    contestants.put(
        "davit start to exit" + suffix,
        () -> {
          String id = create(containers, networking);
          long before = System.nanoTime();
          containers.start(id);
          ended(containers, id);
          long time = System.nanoTime() - before;
          containers.remove(id, true, true);
          return time;
        });
    contestants.put(
        "davit create, start, exit, remove" + suffix,
        () -> {
          long before = System.nanoTime();
          String id = create(containers, networking);
          containers.start(id);
          ended(containers, id);
          containers.remove(id, true, true);
          return System.nanoTime() - before;
        });
  }

  private String create(Containers containers, Networking networking) {
    String name = "bench-" + number++;
    containers.create(
        ContainerConfig.of(name, "davit/host")
            .withCommand(ContainerConfig.Command.of("/bin/true"))
            .withNetwork(networking));
    return name;
  }

  private static void ended(Containers containers, String id) {
    containers.waitFor(id, Containers.WaitCondition.NOT_RUNNING).join();
  }

  private void add(String name, List<String> words) {
    Optional<Path> program = Programs.find(words.getFirst());
    if (program.isEmpty()) {
      System.out.println("  " + name + ": not installed");
      return;
    }
    List<String> environment =
        System.getenv().entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList();
    var become = execve(program.get().toString(), words, environment);
    var command = new Program(Clone.plain(), List.of(become));
    contestants.put(name, () -> process(name, command));
  }

  private static long process(String name, Program command) {
    long before = System.nanoTime();
    var child = ProgramRunner.run(command);
    try (Fd pidfd = child.pidfd()) {
      int code = Pidfd.await(pidfd);
      if (code != 0) {
        throw new IllegalStateException(name + " ended with " + code);
      }
    }
    return System.nanoTime() - before;
  }

  private void measure(int rounds) throws Exception {
    Set<String> slow = new HashSet<>();
    for (String name : List.copyOf(contestants.keySet())) {
      try {
        if (warmUp(contestants.get(name)) > 20_000_000) {
          slow.add(name);
        }
        times.put(name, new ArrayList<>());
      } catch (IllegalStateException failed) {
        System.out.println("  left out: " + failed.getMessage());
        contestants.remove(name);
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (var contestant : contestants.entrySet()) {
        // What takes long is measured less often: a tenth of the rounds shows it well enough.
        if (!slow.contains(contestant.getKey()) || round % 10 == 0) {
          times.get(contestant.getKey()).add(contestant.getValue().run());
        }
      }
    }
  }

  /// Returns the best of the first three; what is slow needs no more.
  private static long warmUp(Contestant contestant) throws Exception {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      best = Math.min(best, contestant.run());
    }
    for (int i = 3; best < 20_000_000 && i < WARM_UP; i++) {
      contestant.run();
    }
    return best;
  }

  private void print() {
    System.out.printf("  %-50s %9s %9s %9s %5s%n", "microseconds", "min", "median", "p95", "n");
    times.forEach(
        (name, all) ->
            System.out.printf(
                "  %-50s %9.0f %9.0f %9.0f %5d%n",
                name, at(all, 0), at(all, 0.5), at(all, 0.95), all.size()));
    System.out.println();
    bar("runtime alone, start to exit", "unshare", 1.5);
    bar("davit start", "unshare", 1.5);
    bar("davit start to exit", "unshare", 1.5);
    bar("davit start", "runc", 1);
    bar("davit start", "crun", 1);
    bar("davit start", "docker", 1.0 / 50);
    if (times.containsKey("davit start, with network")) {
      double median = at(times.get("davit start, with network"), 0.5);
      System.out.printf(
          "  %-4s davit start, with network: %.0f us, bar 10000%n", mark(median <= 10_000), median);
    }
  }

  private void bar(String ours, String theirs, double most) {
    String other =
        times.keySet().stream().filter(name -> name.startsWith(theirs)).findFirst().orElse("");
    if (times.containsKey(ours) && times.containsKey(other)) {
      double ratio = at(times.get(ours), 0.5) / at(times.get(other), 0.5);
      System.out.printf(
          "  %-4s %s / %s: %.3f, bar %.3f%n", mark(ratio <= most), ours, other, ratio, most);
    }
  }

  private static String mark(boolean held) {
    return held ? "pass" : "FAIL";
  }

  /// Microseconds at that part of the sorted times.
  private static double at(List<Long> all, double part) {
    List<Long> sorted = all.stream().sorted().toList();
    return sorted.get((int) (part * (sorted.size() - 1))) / 1000.0;
  }
}
