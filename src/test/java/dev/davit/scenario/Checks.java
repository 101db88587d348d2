package dev.davit.scenario;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cgroup.Cgroups;
import dev.davit.cli.Catalogue;
import dev.davit.cli.Signal;
import dev.davit.cli.Size;
import dev.davit.cli.TestSession;
import dev.davit.cli.login.LoginCommands;
import dev.davit.cli.object.ObjectCommands;
import dev.davit.cli.object.ScanCommand;
import dev.davit.cli.object.SelftestCommand;
import dev.davit.cli.stack.Machine;
import dev.davit.cli.stack.StackCommands;
import dev.davit.content.LayerLimit;
import dev.davit.content.LocalImages;
import dev.davit.content.Store;
import dev.davit.engine.Container;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.engine.DefaultLimits;
import dev.davit.engine.Engine;
import dev.davit.engine.EngineDirectories;
import dev.davit.engine.HostFacts;
import dev.davit.engine.Logs;
import dev.davit.image.HostImage;
import dev.davit.linux.Poll;
import dev.davit.network.Networks;
import dev.davit.reconcile.DesiredProjects;
import dev.davit.reconcile.Upkeep;
import dev.davit.volume.VolumeConfig;
import dev.davit.volume.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/// An engine of its own in a directory of its own, driven by command lines as a user would, and
/// everything that a scenario may look at.
final class Checks implements AutoCloseable {
  private final Path directory;
  private Path project;
  private Networks networks;
  private Volumes volumes;
  private DefaultLimits limits = DefaultLimits.of(HostFacts.read(Cgroups.detect()), Map.of());
  private Engine engine;
  private Catalogue catalogue;
  private Upkeep upkeep;

  Checks(String scenario) throws IOException {
    directory = Files.createTempDirectory("davit-scenario");
    project = Path.of("src/test/scenarios", scenario).toAbsolutePath();
    openAll();
  }

  private void openAll() {
    networks = Networks.open(root().resolve("networks"), run());
    volumes = Volumes.open(root().resolve("volumes"));
    open();
  }

  private void open() {
    var store = Store.open(root().resolve("images"), LayerLimit.USUAL);
    var images = new LocalImages(new HostImage(root(), run()), store);
    engine =
        Engine.open(
            new EngineDirectories(root(), run()),
            images,
            networks,
            volumes,
            Cgroups.detect(),
            limits);
    var machine =
        new Machine(
            engine.containers(),
            engine.execs(),
            engine.logs(),
            engine.events(),
            engine.statistics(),
            engine.archives(),
            engine.hostFiles(),
            networks,
            volumes,
            images,
            store,
            new DesiredProjects(engine.projects()),
            root());
    var commands = new ArrayList<Object>(StackCommands.of(machine));
    commands.addAll(ObjectCommands.of(machine));
    commands.add(new ScanCommand(machine, "1"));
    commands.add(new SelftestCommand(machine, run()));
    commands.add(new LoginCommands());
    var completions = new HashMap<>(StackCommands.completions(machine));
    completions.putAll(ObjectCommands.completions(machine));
    catalogue = Catalogue.of(commands, completions, StackCommands.surroundings(machine));
    upkeep =
        new Upkeep(
            engine,
            machine.observer(),
            machine.desired(),
            machine.operations(dev.davit.reconcile.ImageTransfers.NONE));
    upkeep.begin();
  }

  /// The data directory.
  Path root() {
    return directory.resolve("root");
  }

  /// The directory of what does not outlive the machine.
  Path run() {
    return directory.resolve("run");
  }

  /// The directory that commands run in.
  Path project() {
    return project;
  }

  Engine engine() {
    return engine;
  }

  /// Where the engine keeps what is wanted of a project.
  Path wishFile(String project) {
    return root().resolve("projects").resolve(project + ".json");
  }

  Optional<String> wish(String project) throws IOException {
    Path file = wishFile(project);
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  /// The next engine has other limits for containers that do not say theirs.
  void limits(DefaultLimits next) {
    limits = next;
  }

  /// The engine ends, and another takes over.
  void engineRestarts() {
    upkeep.close();
    engine.close();
    open();
  }

  /// All of the engine ends, `work` is done, and all of it comes back.
  void whileDown(Executable work) {
    upkeep.close();
    engine.close();
    networks.close();
    try {
      work.execute();
    } catch (Throwable e) {
      throw new AssertionError(e);
    } finally {
      openAll();
    }
  }

  /// Somebody kills the container's first process; returns when it is dead.
  void killed(String name) {
    int pid = container(name).state().pid();
    if (pid > 0) {
      try (var process = dev.davit.linux.Kernel.pidfdOpen(pid)) {
        dev.davit.linux.Kernel.sendSignal(process, 9);
        assertTrue(Poll.await(process, Poll.IN, 10_000), name + " does not die");
      }
    }
  }

  /// Waits for a container.
  Container awaiting(String name, WaitCondition condition) throws Exception {
    return engine.containers().waitFor(name, condition).get(60, TimeUnit.SECONDS);
  }

  /// What the engine keeps in memory for later starts is gone, as after the machine's end, and so
  /// is the engine.
  void memoryIsLost() {
    dev.davit.linux.Kernel.umount(run().resolve("contents").toString(), 0);
    engineRestarts();
  }

  /// The files below the engine's directories, on file systems of the disk, that hold `text`.
  List<Path> filesOnDiskWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.startsWith(run().resolve("contents")))
          // namespaces, which are files that cannot be read
          .filter(file -> !file.startsWith(run().resolve("netns")))
          .filter(file -> contains(file, text))
          .toList();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// What a command printed.
  record Ran(int code, String out, String err) {
    Ran succeeds() {
      assertEquals(0, code, () -> out + err);
      return this;
    }

    Ran failsWith(int status) {
      assertEquals(status, code, () -> out + err);
      return this;
    }

    Ran fails(String why) {
      assertEquals(1, code, () -> out + err);
      assertTrue(err.contains(why), () -> "no \"" + why + "\" in: " + err);
      return this;
    }

    Ran says(String text) {
      assertTrue(out.contains(text), () -> "no \"" + text + "\" in: " + out + err);
      return this;
    }
  }

  /// Runs the words after `davit` in the scenario's directory.
  Ran davit(String... argv) {
    return davit(Map.of(), argv);
  }

  Ran davit(Map<String, String> env, String... argv) {
    var session = TestSession.in(project, env);
    int code = session.run(catalogue, argv);
    return new Ran(code, session.out(), session.err());
  }

  /// Runs the words with something on stdin.
  Ran davitWith(String stdin, String... argv) {
    return davitWith(stdin, Map.of(), argv);
  }

  Ran davitWith(String stdin, Map<String, String> env, String... argv) {
    var session = TestSession.in(project, env, stdin);
    int code = session.run(catalogue, argv);
    return new Ran(code, session.out(), session.err());
  }

  /// Runs the words beside the test.
  Running begin(String... argv) {
    return new Running(TestSession.in(project, Map.of()), Optional.empty(), argv);
  }

  /// Runs the words beside the test on a terminal of that size.
  Running begin(Size size, String... argv) {
    Map<String, String> env =
        Map.of("TERM", "xterm", "XDG_STATE_HOME", directory.resolve("state").toString());
    var keyboard = new TestSession.Keyboard(project, env, size);
    return new Running(keyboard.session(), Optional.of(keyboard), argv);
  }

  /// A command that runs.
  final class Running implements AutoCloseable {
    private final TestSession session;
    private final Optional<TestSession.Keyboard> keyboard;
    private final CompletableFuture<Integer> code;

    private Running(TestSession session, Optional<TestSession.Keyboard> keyboard, String... argv) {
      this.session = session;
      this.keyboard = keyboard;
      // Each has its thread: one that hangs must not hold up others.
      code =
          CompletableFuture.supplyAsync(
              () -> session.run(catalogue, argv), Thread.ofPlatform().daemon()::start);
    }

    /// Waits until it has printed `text`.
    Running says(String text) throws InterruptedException {
      session.awaitOut(text);
      return this;
    }

    /// Waits until it has nothing after its prompt: what is typed now is a line for it, and no key
    /// for what ran before.
    Running prompts() throws InterruptedException {
      return ends("> ");
    }

    /// Waits until `text` is the last that can be seen.
    Running ends(String text) throws InterruptedException {
      session.awaitEnd(text);
      return this;
    }

    Running saysOnErr(String text) throws InterruptedException {
      session.awaitErr(text);
      return this;
    }

    void types(String text) {
      keyboard.orElseThrow().types(text);
    }

    void resizes(Size size) {
      keyboard.orElseThrow().resizes(size);
    }

    /// Presses Ctrl-C.
    void interrupt() {
      session.deliver(Signal.INT);
    }

    boolean hasEnded() {
      return code.isDone();
    }

    /// Waits for its end.
    Ran ended() {
      try {
        return new Ran(code.get(60, TimeUnit.SECONDS), session.out(), session.err());
      } catch (TimeoutException | InterruptedException | ExecutionException e) {
        throw new AssertionError("does not end: " + session.out() + session.err(), e);
      }
    }

    @Override
    public void close() {
      if (!hasEnded()) {
        interrupt();
        interrupt();
        keyboard.ifPresent(TestSession.Keyboard::ends);
        code.orTimeout(60, TimeUnit.SECONDS).join();
      }
    }
  }

  /// Waits until the container has printed a line with `text`.
  void logged(String container, String text) throws Exception {
    var seen = new CompletableFuture<Boolean>();
    try (var _ =
        engine
            .logs()
            .follow(
                List.of(container),
                Logs.Query.ALL,
                line -> {
                  if (line.text().contains(text)) {
                    seen.complete(true);
                  }
                })) {
      assertTrue(seen.get(60, TimeUnit.SECONDS));
    }
  }

  CompletableFuture<Container> waitFor(String ref, WaitCondition condition) {
    return engine.containers().waitFor(ref, condition);
  }

  void kill(String ref, String signal) {
    engine.containers().kill(ref, signal);
  }

  /// What is there, on disk and in the kernel, as text that changes with it.
  String everything() throws IOException {
    var text = new StringBuilder();
    engine.containers().list().forEach(it -> text.append(it.id()).append(it.state()).append('\n'));
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted().toList()) {
        text.append(file).append(' ').append(Files.getLastModifiedTime(file, NOFOLLOW_LINKS));
        text.append('\n');
      }
    }
    try (Stream<Path> links = Files.list(Path.of("/sys/class/net"))) {
      links.sorted().forEach(link -> text.append(link).append('\n'));
    }
    return text.append(Files.readString(Path.of("/proc/self/mountinfo"))).toString();
  }

  /// Runs in that directory in place of the scenario's.
  Checks project(Path path) {
    project = path.toAbsolutePath();
    return this;
  }

  /// Runs with this Compose file in place of the scenario's.
  Checks file(String yaml) throws IOException {
    project = Files.createDirectories(directory.resolve("bad"));
    Files.writeString(project.resolve("compose.yaml"), yaml);
    return this;
  }

  Container container(String name) {
    return engine.containers().get(name);
  }

  List<String> containers() {
    return engine.containers().list().stream().map(Container::name).sorted().toList();
  }

  /// Makes a volume that is no project's.
  void volume(String name) {
    volumes.create(VolumeConfig.of(name));
  }

  List<String> volumeNames() {
    return volumes.list().stream().map(volume -> volume.name()).toList();
  }

  List<String> networkNames() {
    return networks.list().stream().map(network -> network.name()).toList();
  }

  /// Removes everything, whatever the scenario left.
  @Override
  public void close() throws IOException {
    engine.containers().list().forEach(it -> engine.containers().remove(it.id(), true, true));
    networks.list().forEach(network -> networks.remove(network.id()));
    volumes.list().forEach(volume -> volumes.remove(volume.name()));
    upkeep.close();
    engine.close();
    networks.close();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}
