package dev.davit.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {
  // Patterns are separated by spaces; those cases that docker's own tests have are among them.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          a                 | a                | true
          a                 | a/b/c            | true
          a                 | b/a              | false
          a                 | ab               | false
          /a                | a                | true
          ./a               | a                | true
          a/                | a/b              | true
          x/../a            | a                | true
          a/b               | a/b/c            | true
          a/b               | a                | false
          *                 | a                | true
          *                 | a/b              | true
          *.go              | main.go          | true
          *.go              | cmd/main.go      | false
          */*.go            | cmd/main.go      | true
          *.go              | main.go/x        | true
          ?.go              | a.go             | true
          ?.go              | ab.go            | false
          a?c               | a/c              | false
          **                | a/b/c            | true
          **/*.go           | main.go          | true
          **/*.go           | a/b/main.go      | true
          **/node_modules   | a/node_modules/b | true
          **/node_modules   | node_modules     | true
          a/**              | a                | false
          a/**              | a/b              | true
          a/**/b            | a/b              | true
          a/**/b            | a/x/y/b          | true
          a/**/b            | a/x/bc           | false
          **file            | some/file        | true
          **file            | file             | true
          dir/**/*.txt      | dir/a/b.txt      | true
          [a-c].txt         | b.txt            | true
          [a-c].txt         | d.txt            | false
          [^a-c].txt        | d.txt            | true
          [^a].txt          | a.txt            | false
          [                 | [                | true
          a[b               | a[b              | true
          \\*               | *                | true
          \\*               | a                | false
          \\!a              | !a               | true
          a.b               | axb              | false
          a+(b)             | a+(b)            | true
          a$b^              | a$b^             | true
          * !README.md      | README.md        | false
          * !README.md      | other.md         | true
          *.md !*.md a.md   | a.md             | true
          *.md !*.md a.md   | b.md             | false
          a !a/b            | a/c              | true
          a !a/b            | a/b              | false
          a !a/b            | a/b/c            | false
          a !a/b a/b/c      | a/b/c            | true
          !a                | a                | false
          !                 | a                | false
          !a b              | b                | true
          """)
  void match(String patterns, String path, boolean matches) {
    assertEquals(matches, Patterns.of(List.of(patterns.split(" +"))).matches(path));
  }

  @Test
  void ofAFileCommentsBlankLinesAndSpacesAroundAreNoPatterns() {
    var patterns = Patterns.ofFile("\uFEFF# first\n#a\n\n  b  \r\n # c\n!b/keep \n");
    assertFalse(patterns.matches("a"));
    assertTrue(patterns.matches("b"));
    assertFalse(patterns.matches("b/keep"));
    assertTrue(patterns.matches("# c"));
  }

  @Test
  void aDirectoryIsLeftOutAsAWholeOnlyIfNothingBelowItComesBack() {
    assertTrue(Patterns.of(List.of("a")).matchesAll("a/b"));
    assertFalse(Patterns.of(List.of("a", "!a/b")).matchesAll("a"));
    assertFalse(Patterns.of(List.of("a/b")).matchesAll("a"));
    assertFalse(Patterns.NONE.matchesAll("a"));
  }
}
