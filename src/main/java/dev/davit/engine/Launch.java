package dev.davit.engine;

import dev.davit.cgroup.Cgroup;
import dev.davit.cgroup.DeviceRule;
import dev.davit.cgroup.Entry;
import dev.davit.cgroup.Limits;
import dev.davit.engine.Logs.Stream;
import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Exhausted;
import dev.davit.error.Kind;
import dev.davit.error.NotStartedException;
import dev.davit.image.Image;
import dev.davit.image.Rootfs;
import dev.davit.image.UserIds;
import dev.davit.image.UserLookup;
import dev.davit.linux.Fd;
import dev.davit.linux.InRoot;
import dev.davit.linux.Pipe;
import dev.davit.runtime.ContainerSpec;
import dev.davit.runtime.Device;
import dev.davit.runtime.MountSpec;
import dev.davit.runtime.Started;
import dev.davit.runtime.Stdio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Makes a process of a container: image, root file system, files, volumes, network, cgroup, start.
/// What fails is undone in reverse; nothing is left but the error.
final class Launch {
  private final Means means;
  private final Mounts mounts;
  private final Neighbours neighbours;

  Launch(Means means, Mounts mounts, Neighbours neighbours) {
    this.means = means;
    this.mounts = mounts;
    this.neighbours = neighbours;
  }

  /// The process of `life`, which has none, after a while.
  Task launch(Life life) {
    var undo = new Undo();
    try {
      Path run = runDirectory(life, undo);
      // The kernel takes as long for the cgroup as for all the rest before it is needed.
      var cgroup = CompletableFuture.supplyAsync(() -> cgroup(life), Timers::now);
      undo.add(() -> remove(cgroup));
      var opened = new ArrayList<Fd>();
      Image image = image(life);
      try (Fd rootfs = rootfs(life, image)) {
        neighbours.enter(life, undo);
        ContainerSpec spec = spec(life, image, rootfs, opened);
        var place = new Place(rootfs, new Streams(run), await(cgroup));
        return start(life, spec, place, undo);
      } finally {
        opened.forEach(Fd::close);
      }
    } catch (RuntimeException e) {
      undo.run(e);
      throw e;
    } catch (OutOfMemoryError e) {
      undo.run(e);
      throw Exhausted.of(e);
    } catch (Error e) {
      undo.run(e);
      throw e;
    }
  }

  /// What docker answers for a start that failed with `error`.
  static int exitCode(RuntimeException error) {
    return error instanceof NotStartedException not ? not.exitCode() : ContainerState.NOT_STARTED;
  }

  private Path runDirectory(Life life, Undo undo) {
    Path run = means.directories().runContainer(life.id());
    try {
      Files.createDirectories(run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    undo.add(() -> StateFiles.delete(run));
    return run;
  }

  private Fd rootfs(Life life, Image image) {
    Path directory = means.directories().container(life.id());
    return Rootfs.mount(image.lowerdirs(), directory.resolve("upper"), directory.resolve("work"));
  }

  private Image image(Life life) {
    return means
        .images()
        .find(life.definition().imageId())
        .orElseThrow(
            () ->
                new DavitException(
                        Kind.NOT_FOUND,
                        "image \"%s\" of the container is gone".formatted(life.config().image()),
                        "remove the container and create it again")
                    .about(Culprit.of(Part.IMAGE)));
  }

  private ContainerSpec spec(Life life, Image image, Fd rootfs, List<Fd> opened) {
    List<MountSpec> specs =
        mounts.prepare(life, image, neighbours.mounts(life, opened), rootfs, opened);
    Specs.Findings found =
        look(life.config(), arguments(life, image), neighbours.surroundings(life), specs, rootfs);
    String cwd = found.arguments().cwd();
    if (specs.stream().noneMatch(mount -> inside(cwd, mount.destination()))) {
      makeWorkingDirectory(rootfs, cwd);
    }
    return Specs.container(life.granted(), found);
  }

  /// What there is to know about the first process, found in its root file system.
  static Specs.Findings look(
      ContainerConfig config,
      Arguments arguments,
      Neighbours.Surroundings around,
      List<MountSpec> specs,
      Fd rootfs) {
    UserIds user = user(rootfs, arguments.user(), config.command().groups());
    var lookup = new ProgramLookup(rootfs, specs);
    String program = lookup.find(arguments.argv().getFirst(), arguments.env(), arguments.cwd());
    if (config.command().init() || config.command().tty()) {
      // Davit's init stands between, which could not say what is wrong.
      lookup.check(program);
    }
    return new Specs.Findings(
        program, arguments, user, around.namespaces(), around.hostname(), specs, devices(config));
  }

  private static List<Device> devices(ContainerConfig config) {
    List<Device> asked = HostDevices.of(config.resources().devices().nodes());
    if (!config.security().privileged()) {
      return asked;
    }
    var all = new ArrayList<>(asked);
    all.addAll(HostDevices.list());
    return all;
  }

  private static void makeWorkingDirectory(Fd rootfs, String path) {
    try {
      InRoot.ensureDirectory(rootfs, path, 0755).close();
    } catch (DavitException e) {
      throw e.about(Culprit.of(Part.WORKING_DIRECTORY));
    }
  }

  private static boolean inside(String path, String target) {
    return path.equals(target) || path.startsWith(target + "/");
  }

  private Arguments arguments(Life life, Image image) {
    return Arguments.of(
        image.config(), life.config().command(), life.name(), neighbours.hostname(life));
  }

  /// The arguments and environment of the container's own process.
  Arguments arguments(Life life) {
    return arguments(life, image(life));
  }

  /// Who `user` is in `root`, with the groups `more` beside.
  static UserIds user(Fd root, String user, List<String> more) {
    UserIds ids = UserLookup.find(root, user);
    var groups = new ArrayList<>(ids.groups());
    for (String group : more) {
      groups.add(UserLookup.group(root, group));
    }
    return new UserIds(ids.uid(), ids.gid(), groups, ids.home());
  }

  private record Place(Fd rootfs, Streams streams, Cgroup cgroup) {}

  private Task start(Life life, ContainerSpec spec, Place place, Undo undo) {
    boolean tty = life.config().command().tty();
    Streams streams = place.streams();
    Optional<Stdio.Pipes> pipes =
        tty
            ? Optional.empty()
            : Optional.of(
                streams.childEnds(input(life), spec.process().uid(), spec.process().gid()));
    undo.add(streams::abandon);
    var output = means.output(life);
    undo.add(output::abandon);
    try (Entry entry = place.cgroup().entry()) {
      if (!tty) {
        output.open(streams.reading(Stream.STDOUT), Stream.STDOUT);
        output.open(streams.reading(Stream.STDERR), Stream.STDERR);
      }
      Stdio stdio = pipes.<Stdio>map(ends -> ends).orElse(life.screen());
      Started started = means.starter().start(spec, place.rootfs(), entry, stdio);
      return task(started, place.cgroup(), output, streams);
    } finally {
      pipes.ifPresent(Launch::close);
    }
  }

  private static Streams.In input(Life life) {
    if (!life.config().command().openStdin()) {
      return Streams.In.NOTHING;
    }
    return life.attachments().isEmpty() ? Streams.In.ENDLESS : Streams.In.ONCE;
  }

  private static Task task(Started started, Cgroup cgroup, Output output, Streams streams) {
    started
        .terminal()
        .ifPresent(
            terminal -> {
              Pipe.setBlocking(terminal, false);
              output.open(terminal, Stream.STDOUT);
            });
    return new Task(
        started.pid(),
        started.pidfd(),
        cgroup,
        output,
        started.terminal(),
        started.terminal().isPresent() ? Optional.empty() : streams.writing(),
        Instant.now());
  }

  private Cgroup cgroup(Life life) {
    ContainerConfig config = life.config();
    List<DeviceRule> devices =
        config.security().privileged() ? List.of(DeviceRule.ALL) : HostDevices.rules(config);
    Limits limits = life.granted().resources().limits();
    Limits numbered = limits.withBlockIo(limits.blockIo().named(HostDevices::numbers));
    return means.cgroups().create(Means.cgroupPath(life), numbered, devices);
  }

  private static Cgroup await(CompletableFuture<Cgroup> cgroup) {
    try {
      return cgroup.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  // What could not be made needs no removal; who waited for it has told why.
  private static void remove(CompletableFuture<Cgroup> cgroup) {
    cgroup.handle((made, _) -> Optional.ofNullable(made)).join().ifPresent(Cgroup::remove);
  }

  private static void close(Stdio.Pipes pipes) {
    pipes.in().close();
    pipes.out().close();
    pipes.err().close();
  }
}
