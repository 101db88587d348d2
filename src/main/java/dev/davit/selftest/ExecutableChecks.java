package dev.davit.selftest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.archive.MadeTar;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerConfig.Command;
import dev.davit.engine.Execs;
import dev.davit.engine.Execs.ExecConfig;
import dev.davit.linux.Errno;
import dev.davit.linux.Open;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Whether a container can get at the program that the engine is: what starts a container's process
/// is the engine's own until it becomes another program, and a script can name it as its
/// interpreter by `/proc/self/exe`.
final class ExecutableChecks {
  private static final String MEANING =
      "A container can replace the Java that Davit runs on, and become root on this machine.";
  private static final String SCRIPT = "/run";
  private static final int SECONDS = 10;

  private ExecutableChecks() {}

  static List<Check> all() {
    return List.of(itself(), started("", false), started(" with init", true), executed());
  }

  private static Check itself() {
    var probe = new Probe();
    int name = probe.readlink("/proc/self/exe");
    int write = probe.open("/proc/self/exe", Open.WRONLY);
    return Check.inside(
        "/proc/self/exe of a container is its own program",
        MEANING,
        probe,
        seen ->
            Verdict.of(
                seen.text(name).equals(Laboratory.PROBE) && seen.failed(write, Errno.ETXTBSY),
                "it is \"%s\", opening it to write: %s"
                    .formatted(seen.text(name), seen.outcome(write))));
  }

  private static Check started(String how, boolean init) {
    return new Check(
        "#!/proc/self/exe is no way to the engine: start" + how,
        MEANING,
        laboratory -> {
          ContainerConfig config = trapped(laboratory);
          Command script = config.command().withEntrypoint(List.of(SCRIPT)).withInit(init);
          return caught(laboratory.run(config.withCommand(script), trap()));
        });
  }

  private static Check executed() {
    var waiting = new Probe();
    waiting.say("ready");
    waiting.sleep(60);
    return new Check(
        "#!/proc/self/exe is no way to the engine: exec",
        MEANING,
        laboratory -> {
          try (Guest guest = laboratory.create(trapped(laboratory), waiting)) {
            guest.startAndHear();
            var out = new ByteArrayOutputStream();
            var streams =
                new Execs.Streams(InputStream.nullInputStream(), out, new ByteArrayOutputStream());
            Execs execs = laboratory.equipment().execs();
            String id = execs.create(guest.id(), ExecConfig.of(List.of(SCRIPT)));
            Optional<Integer> code = await(execs.start(id, streams));
            return code.map(it -> caught(new Ended("", it, out.toString(ISO_8859_1))))
                .orElseGet(() -> Verdict.failed("the script does not end"));
          }
        });
  }

  private static Optional<Integer> await(CompletableFuture<Integer> code) {
    try {
      return Optional.of(code.get(SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException | ExecutionException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  // The kernel looks for the interpreter of an ELF file, ld.so, in the container: there it is the
  // trap, which runs in a process whose program is the engine's.
  private static ContainerConfig trapped(Laboratory laboratory) {
    MadeTar root =
        new MadeTar().file(SCRIPT.substring(1), 0555, "#!/proc/self/exe\n".getBytes(UTF_8));
    HostProgram.interpreter().ifPresent(place -> root.file(place.substring(1), 0555, trap().elf()));
    return laboratory.config("trap", root, Map.of());
  }

  private static Probe trap() {
    var probe = new Probe();
    probe.readlink("/proc/self/exe");
    probe.open("/proc/self/exe", Open.RDONLY);
    probe.open("/proc/self/exe", Open.WRONLY);
    return probe;
  }

  /// The trap is silent where all is well, and the script has failed.
  static Verdict caught(Ended ended) {
    Seen seen = trap().read(ended.output());
    if (seen.isThere()) {
      return Verdict.failed(
          "it runs as \"%s\": open to read: %s, to write: %s"
              .formatted(seen.text(0), seen.outcome(1), seen.outcome(2)));
    }
    return Verdict.of(
        ended.refused() || ended.exitCode() != 0, "the script ends as if it had done something");
  }
}
