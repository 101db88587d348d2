package dev.davit;

import dev.davit.cli.EngineIdentity;
import dev.davit.cli.SessionServer;
import dev.davit.client.Places;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Kernel;
import dev.davit.linux.Syscall;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// The engine as a process: alone on its directories, in a session of its own, behind a socket.
final class EngineProcess {
  private static final Logger LOG = LoggerFactory.getLogger(EngineProcess.class);
  private static final int PR_SET_DUMPABLE = 4;
  private static final int OWNER_ONLY = 077;
  // A failure, so that whoever supervises the engine starts it again.
  private static final int LOST = 1;

  private EngineProcess() {}

  /// Runs the engine until it is stopped. The socket is opened first: clients wait in its queue
  /// while the rest is made.
  static void run() {
    Places places = Places.of(System.getenv());
    Thread apart = Thread.ofPlatform().name("detach").start(EngineProcess::detach);
    Supplier<EngineIdentity> identity = () -> identity(places, apart);
    try (var root = EngineLock.take(places.root(), "data.lock");
        var run = EngineLock.take(places.run(), "socket.lock");
        ServerSocketChannel socket =
            EngineSocket.open(places.socket(), group(), places.served(), places.root());
        ConfigurableApplicationContext context = context(identity)) {
      var directory = new RunDirectory(places, () -> System.exit(LOST));
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> close(socket, places, directory), "close socket"));
      apart.join();
      Files.writeString(places.pid(), ProcessHandle.current().pid() + "\n");
      LOG.info("engine started on {} and {}", root, run);
      directory.watch();
      context.getBean(SessionServer.class).serve(socket);
    } catch (IOException e) {
      throw new DavitException(Kind.UNAVAILABLE, "engine cannot start: " + e.getMessage(), null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the engine, and returns before it has ended. Containers keep running.
  static void stop() {
    Thread.ofPlatform().name("stop").start(() -> System.exit(0));
  }

  /// Leaves the terminal that the first client was started from. Not dumpable: a container's first
  /// process shares our memory until it executes its program, and must not be a door to it.
  private static void detach() {
    // setsid(2): EPERM if we lead a process group already; then nobody's Ctrl-C reaches us either.
    Kernel.tryCall(Syscall.SETSID);
    // What is for others too says so; what is forgotten is for nobody else.
    Kernel.call(Syscall.UMASK, OWNER_ONLY);
    Kernel.call(Syscall.PRCTL, PR_SET_DUMPABLE, 0, 0, 0, 0);
  }

  private static Optional<String> group() {
    return Optional.ofNullable(System.getenv("DAVIT_GROUP")).filter(name -> !name.isEmpty());
  }

  private static void close(ServerSocketChannel socket, Places places, RunDirectory directory) {
    directory.giveUp();
    try {
      Files.deleteIfExists(places.socket());
      socket.close();
    } catch (IOException e) {
      LOG.warn("socket not removed", e);
    }
  }

  private static ConfigurableApplicationContext context(Supplier<EngineIdentity> identity) {
    var application = new LeanApplication(Davit.class);
    application.addInitializers(
        context ->
            ((GenericApplicationContext) context).registerBean(EngineIdentity.class, identity));
    return application.run();
  }

  // Who makes a file needs it first: by then the umask is ours.
  private static EngineIdentity identity(Places places, Thread apart) {
    try {
      apart.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String version = Davit.class.getPackage().getImplementationVersion();
    return new EngineIdentity(
        version == null ? "development" : version,
        places.build(),
        ProcessHandle.current().pid(),
        Instant.now(),
        places.root(),
        places.run());
  }
}
