package dev.davit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.test.Golden;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

class CommandLineTest {
  private final Commands commands = new Commands();
  private final Catalogue catalogue = Catalogue.of(List.of(commands), Map.of());
  private final TestSession session = TestSession.withStdin("");

  static final class Commands {
    List<@Nullable Object> seen = List.of();

    enum Style {
      PLAIN,
      NO_TRUNC
    }

    @Command(name = "all", description = "Take every kind of parameter")
    @Usage("SERVICE [TIMES] [ARG...]")
    void all(
        Session session,
        CommandContext context,
        GlobalOptions globals,
        @Option(shortName = 'e', description = "Set environment variables") List<String> env,
        @Option(defaultValue = "10", description = "Seconds to wait") int timeout,
        @Option(description = "Print less") boolean quiet,
        @Option(defaultValue = "plain", description = "How to print") Style printStyle,
        @Option(description = "A number") @Nullable Integer number,
        @Argument(index = 0) String service,
        @Argument(index = 1, defaultValue = "3") int times,
        @Arguments List<String> rest) {
      seen = new java.util.ArrayList<>();
      seen.add(Session.of(context) == session);
      seen.addAll(List.of(globals.files(), env, timeout, quiet, printStyle));
      seen.add(number);
      seen.addAll(List.of(service, times, rest));
    }

    @Command(name = "code")
    int code(@Argument(index = 0) int code) {
      return code;
    }

    @Command(name = "status")
    ExitStatus status() {
      return new ExitStatus(42, "");
    }

    @Command(name = "maybe")
    void maybe(Session session, @Argument(index = 0) @Nullable String name) {
      session.println("name " + name);
    }

    @Command(name = "must")
    void must(@Option(required = true) String key) {}

    @Command(name = "fail")
    void fail(@Option boolean defect) {
      if (defect) {
        throw new IllegalStateException("oops");
      }
      throw new DavitException(Kind.CONFLICT, "port 80 is in use", "stop nginx");
    }

    @Command(name = "ask")
    void ask(Session session) throws Exception {
      session.println("got " + session.readInput("name? "));
    }
  }

  @Test
  void runBindsEveryKindOfParameter() {
    assertEquals(
        0,
        session.run(
            catalogue, "-f", "a", "all", "-e", "A=1,2", "-eB=2", "--print-style=no-trunc", "web"));
    assertEquals(
        "[true, [a], [A=1,2, B=2], 10, false, NO_TRUNC, null, web, 3, []]",
        commands.seen.toString());
  }

  @Test
  void runBindsWhatIsGivenOverDefaults() {
    session.run(catalogue, "all", "web", "5", "x", "--timeout", "1", "y", "--quiet", "--number=7");
    assertEquals("[true, [], [], 1, true, PLAIN, 7, web, 5, [x, y]]", commands.seen.toString());
  }

  @Test
  void runReturnsTheMethodsExitCode() {
    assertEquals(3, session.run(catalogue, "code", "3"));
    assertEquals(42, session.run(catalogue, "status"));
  }

  @Test
  void runOfAnOptionalArgumentThatIsNotGivenBindsNull() {
    session.run(catalogue, "maybe");
    assertEquals("name null\n", session.out());
  }

  @Test
  void runOfBadArgumentsSaysSo() {
    assertEquals(1, session.run(catalogue, "code", "x"));
    assertEquals(1, session.run(catalogue, "code"));
    assertEquals(1, session.run(catalogue, "status", "web"));
    assertEquals(1, session.run(catalogue, "must"));
    assertEquals(1, session.run(catalogue, "all", "--print-style", "big", "web"));
    Golden.check("cli/bad-arguments.txt", session.err());
  }

  @Test
  void runOfAFailurePrintsMessageAndAction() {
    assertEquals(1, session.run(catalogue, "fail"));
    assertEquals("davit: port 80 is in use\n       stop nginx\n", session.err());
  }

  @Test
  void runOfADefectExits125WithoutATrace() {
    assertEquals(125, session.run(catalogue, "fail", "--defect"));
    assertEquals(
        """
        davit: IllegalStateException: oops
               see 'davit engine logs'; this is a defect of Davit
        """,
        session.err());
  }

  @Test
  void runReadsALine() {
    var asked = TestSession.withStdin("Ada\nrest");
    asked.run(catalogue, "ask");
    assertEquals("name? got Ada\n", asked.out());
  }

  @Test
  void whatTheMachineHasNoMoreOfIsSaidBesideTheFailure() {
    var surroundings =
        new Surroundings() {
          @Override
          public View view(Session session) {
            return View.NONE;
          }

          @Override
          public AutoCloseable watch(Consumer<Notice> consumer) {
            return () -> {};
          }

          @Override
          public List<String> shortages(Throwable failure) {
            return List.of("after " + failure.getMessage());
          }
        };
    var own = Catalogue.of(List.of(commands), Map.of(), surroundings);
    assertEquals(1, session.run(own, "fail"));
    assertEquals(
        """
        davit: port 80 is in use
               stop nginx
        davit: warning: after port 80 is in use
        """,
        session.err());
  }

  @Test
  void helpIsLaidOutAsDockerComposeDoes() {
    var identity =
        new EngineIdentity(
            "1.2.3", "abc", 7, Instant.EPOCH, Path.of("/var/lib/davit"), Path.of("/run/davit"));
    var own = Catalogue.of(List.of(commands, new EngineCommands(identity, () -> {})), Map.of());
    session.run(own);
    session.run(own, "all", "--help");
    session.run(own, "engine");
    Golden.check("cli/help.txt", session.out());
  }

  @Test
  void versionPrintsTheVersion() {
    var identity =
        new EngineIdentity(
            "1.2.3", "abc", 7, Instant.EPOCH, Path.of("/var/lib/davit"), Path.of("/run/davit"));
    var own = Catalogue.of(List.of(new EngineCommands(identity, () -> {})), Map.of());
    session.run(own, "version");
    session.run(own, "version", "--short");
    session.run(own, "version", "--format", "json");
    assertEquals("Davit version 1.2.3\n1.2.3\n{\"version\":\"1.2.3\"}\n", session.out());
  }
}
