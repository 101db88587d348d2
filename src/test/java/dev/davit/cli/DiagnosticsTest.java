package dev.davit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.load.ComposeFileException;
import dev.davit.error.ArgumentException;
import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Note;
import dev.davit.error.Place;
import dev.davit.error.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;

class DiagnosticsTest {
  private final TestSession session = TestSession.in(Path.of("/"), Map.of());
  private final Catalogue catalogue = Catalogue.of(List.of(new Commands()), Map.of());

  static final class Commands {
    @Command(name = "load")
    void load(Session session) {
      session.warn("mind the gap");
      throw new ComposeFileException(
          List.of(
              new Problem(
                  Code.DUPLICATE_KEY,
                  Problem.Severity.ERROR,
                  new Place("a.yaml", 3, 5, 9),
                  "services.web",
                  "duplicate key \"tty\"",
                  "    tty: true",
                  "remove one",
                  List.of(
                      new Note(
                          "first defined here", new Place("a.yaml", 2, 5, 8), "    tty: 1")))));
    }

    @Command(name = "fail")
    void fail() throws DavitException {
      throw new DavitException(Kind.CONFLICT, "port 80 is in use", "stop nginx");
    }

    @Command(name = "find")
    void find(@Argument(index = 0) String service) {
      List<String> known = List.of("web", "it's");
      if (!known.contains(service)) {
        throw ArgumentException.noSuchService(service, known);
      }
    }
  }

  @Test
  void jsonHasTheFieldsOfTheText() {
    assertEquals(1, session.run(catalogue, "--progress", "json", "load"));
    assertEquals(
        """
        {"severity":"warning","message":"mind the gap"}
        {"error":true,"severity":"error","code":"DV0003","message":"duplicate key \\"tty\\"",\
        "file":"a.yaml","line":3,"column":5,"endColumn":9,"path":"services.web",\
        "help":"remove one","notes":[{"message":"first defined here","file":"a.yaml","line":2,\
        "column":5,"endColumn":8}]}
        """,
        session.err());
  }

  @Test
  void jsonOfAFailureWithoutPlaceHasItsAdvice() {
    assertEquals(1, session.run(catalogue, "--progress=json", "fail"));
    assertEquals(
        "{\"error\":true,\"severity\":\"error\",\"message\":\"port 80 is in use\","
            + "\"help\":\"stop nginx\"}\n",
        session.err());
  }

  @Test
  void wordOfTheCommandLineIsPointedTo() {
    assertEquals(1, session.run(catalogue, "find", "its"));
    assertEquals(1, session.run(catalogue, "-p", "web", "find", "a b"));
    assertEquals(
        """
        davit: error[DV0605]: no such service: "its"
          | davit find its
          |            ^^^
          = help: did you mean "it's"?
        davit: error[DV0605]: no such service: "a b"
          | davit -p web find 'a b'
          |                   ^^^^^
          = help: the project has web, it's
        """,
        session.err());
  }
}
