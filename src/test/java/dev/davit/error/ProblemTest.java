package dev.davit.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.Problem.Severity;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private static Problem at(int column, int endColumn, String line) {
    return new Problem(
        Code.UNKNOWN_ATTRIBUTE,
        Severity.ERROR,
        new Place("a.yaml", 7, column, endColumn),
        "services.web",
        "message",
        line,
        null,
        List.of());
  }

  private static String excerpt(int column, int endColumn, String line) {
    String text = at(column, endColumn, line).print();
    return text.substring(text.indexOf('\n') + 1) + "\n";
  }

  @Test
  void printUnderlinesTheWholeToken() {
    assertEquals(
        """
          7 |   imge: x
            |   ^^^^
        """,
        excerpt(3, 7, "  imge: x"));
  }

  @Test
  void printEndsTheCaretsWithTheLine() {
    assertEquals(
        """
          7 |   a
            |   ^
        """,
        excerpt(3, Integer.MAX_VALUE, "  a"));
    assertEquals(
        """
          7 | a
            |  ^
        """,
        excerpt(2, 9, "a"));
  }

  @Test
  void printWhenTheLineIsWideKeepsTheCaretsBelow() {
    assertEquals(
        """
          7 | 名前: 😀 e\u0301 x
            |            ^
        """,
        excerpt(10, 11, "名前: 😀 e\u0301 x"));
    assertEquals(
        """
          7 | 名前: x
            | ^^^^
        """,
        excerpt(1, 3, "名前: x"));
  }

  @Test
  void printWhenThereAreTabsKeepsTheCaretsBelow() {
    assertEquals(
        """
          7 |     a:    b
            |           ^
        """,
        excerpt(5, 6, "\ta:\tb"));
  }

  @Test
  void printWhenTheLineIsLongCutsAroundThePlace() {
    String line = "x".repeat(300) + "HERE" + "y".repeat(300);
    assertEquals(
        "  7 | ..."
            + "x".repeat(40)
            + "HERE"
            + "y".repeat(76)
            + "...\n"
            + "    | "
            + " ".repeat(43)
            + "^^^^\n",
        excerpt(301, 305, line));
    assertEquals(
        "  7 | HERE" + "y".repeat(116) + "...\n    | ^^^^\n",
        excerpt(1, 5, "HERE" + "y".repeat(300)));
  }

  @Test
  void printShowsControlCharactersAsPictures() {
    assertEquals(
        """
          7 | a: ␛[2J\uFFFDx
            |         ^
        """,
        excerpt(9, 10, "a: \033[2J\u202Ex"));
    var named =
        new Problem(
            Code.UNKNOWN_ATTRIBUTE,
            Severity.ERROR,
            null,
            "",
            "unknown attribute \"a\033[2Jb\n\"",
            null,
            null,
            List.of());
    assertEquals("davit: error[DV0102]: unknown attribute \"a␛[2Jb␊\"", named.print());
  }

  @Test
  void printShowsNotesWithTheirOwnPlaces() {
    var problem =
        new Problem(
            Code.DUPLICATE_KEY,
            Severity.WARNING,
            new Place("a.yaml", 12, 1, 2),
            "",
            "message",
            "b: 1",
            "remove one",
            List.of(
                new Note("first defined here", new Place("b.yaml", 3, 1, 2), "b: 2"),
                new Note("also here", new Place("b.yaml", 4, 1, 2), null)));
    assertEquals(
        """
        a.yaml:12:1: warning[DV0003]: message
          12 | b: 1
             | ^
        b.yaml:3:1: note: first defined here
          3 | b: 2
            | ^
        b.yaml:4:1: note: also here
          = help: remove one""",
        problem.print());
  }

  @Test
  void printInColoursPaintsWhatRustcPaints() {
    assertEquals(
        "\033[1ma.yaml:7:1: \033[0m\033[1;31merror[DV0102]\033[0m\033[1m: services.web: message"
            + "\033[0m\n  \033[1;34m7 |\033[0m a\n  \033[1;34m  |\033[0m \033[1;31m^\033[0m",
        at(1, 2, "a").print(true));
  }

  @Test
  void codesAreUniqueAndInOrder() {
    List<String> ids = Arrays.stream(Code.values()).map(Code::id).toList();
    assertEquals(ids.size(), new HashSet<>(ids).size());
    assertEquals(ids.stream().sorted().toList(), ids);
    ids.forEach(id -> assertTrue(id.matches("DV\\d{4}"), id));
  }
}
