package dev.davit.engine;

import dev.davit.cgroup.Cgroups;
import dev.davit.image.Images;
import dev.davit.linux.Reader;
import dev.davit.network.Networks;
import dev.davit.runtime.Starter;
import dev.davit.stored.Aside;
import dev.davit.volume.Volumes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The life of containers in one pair of directories. One engine at a time may have them open.
public final class Engine implements AutoCloseable {
  private static final int READ = 64 * 1024;

  private final Means means;
  private final Supervisor supervisor;
  private final ContainerVerbs containers;
  private final ExecVerbs execs;
  private final LogVerbs logs;
  private final Projects projects;
  private final Adoption adoption;
  private final List<String> due;
  private final Departure departure;

  private Engine(Means means) {
    this.means = means;
    var contents = new ContentStore(means.directories().run().resolve("contents"));
    var mounts = new Mounts(means, contents);
    var neighbours = new Neighbours(means);
    var launch = new Launch(means, mounts, neighbours);
    var runner = new ExecRunner(means, launch);
    supervisor =
        new Supervisor(means, launch, neighbours, mounts.use(), new HealthMonitor(means, runner));
    var creation = new Creation(means, mounts, contents);
    var explanation = new Explanation(means, mounts, neighbours);
    var connections = new Connections(means, neighbours);
    containers = new ContainerVerbs(means, creation, connections, explanation, supervisor);
    execs = new ExecVerbs(means, runner);
    logs = new LogVerbs(means.lives());
    projects = new Projects(means.directories().projects(), new Aside(means.directories().root()));
    adoption = new Adoption(means, supervisor, creation, contents);
    due = adoption.begin().stream().map(Life::id).toList();
    departure = new Departure(containers, means.events());
    adoption.goOn();
  }

  /// As below, with the usual limits of this machine.
  public static Engine open(
      EngineDirectories directories,
      Images images,
      Networks networks,
      Volumes volumes,
      Cgroups cgroups) {
    DefaultLimits usual = DefaultLimits.of(HostFacts.read(cgroups), Map.of());
    return open(directories, images, networks, volumes, cgroups, usual);
  }

  /// Opens the engine and finds the containers that still run, which are taken over behind the
  /// caller's back ([#adopted]); those that their policies want to run wait for [#resume].
  ///
  /// @param limits of containers that do not say theirs, and of all together
  public static Engine open(
      EngineDirectories directories,
      Images images,
      Networks networks,
      Volumes volumes,
      Cgroups cgroups,
      DefaultLimits limits) {
    Path staging = directories.run().resolve("staging");
    cgroups.limitProcesses(Means.COMMON_PARENT, limits.pidsTogether());
    var aside = new Aside(directories.root());
    List.of(directories.containers(), directories.projects(), directories.runContainers(), staging)
        .forEach(aside::makeDirectory);
    var files = new StateFiles(directories);
    return new Engine(
        new Means(
            directories,
            images,
            networks,
            volumes,
            cgroups,
            limits,
            Starter.open(staging, cgroups.version1()),
            files,
            new Lives(files::missing),
            new EventLoop(),
            new Reader(READ),
            new Timers(),
            new Events()));
  }

  Means means() {
    return means;
  }

  public Containers containers() {
    return containers;
  }

  public Execs execs() {
    return execs;
  }

  public Logs logs() {
    return logs;
  }

  public Statistics statistics() {
    return new StatisticsVerbs(means);
  }

  public Archives archives() {
    return new ArchiveVerbs(means);
  }

  public HostFiles hostFiles() {
    return (roots, entered, listener) ->
        HostWatch.begin(means.loop(), means.timers(), roots, entered, listener);
  }

  public Projects projects() {
    return projects;
  }

  public Events events() {
    return means.events();
  }

  /// Completes when everything that an earlier engine has left is taken over or removed. Nobody
  /// need wait: what is asked about a container waits for that one.
  public CompletableFuture<Void> adopted() {
    return adoption.done();
  }

  /// The containers that did not run when the engine was opened, and whose policies want it.
  public List<String> due() {
    return due;
  }

  /// Starts one of [#due] as its policy does, unless somebody else has started, stopped or removed
  /// it meanwhile.
  public void resume(String id) {
    means
        .lives()
        .find(id)
        .ifPresent(
            life -> {
              life.takenOver();
              supervisor.resume(life);
            });
  }

  /// Lets go of the containers: they run on, and the next engine adopts them.
  @Override
  public void close() {
    adoption.close();
    departure.close();
    supervisor.close();
    means.timers().close();
    means.loop().close();
    for (Life life : means.lives().all()) {
      life.task()
          .ifPresent(
              task -> {
                task.output().abandon();
                task.pidfd().close();
                task.stdin().ifPresent(Input::close);
              });
      life.log().packed().join();
      life.log().close();
    }
    means.files().close();
    means.reader().close();
  }
}
