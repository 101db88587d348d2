package dev.davit.compose.attribute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.compose.attribute.AttributeCase.Section;
import dev.davit.compose.load.ComposeFileException;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import dev.davit.compose.tree.YamlReader;
import dev.davit.error.Problem;
import dev.davit.error.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No row of the schema is without a case: each is written in a form, in a merge and with a bad
/// value in some file of `compose/attributes`, its own or that of an attribute that it is part of.
class CoverageTest {
  /// Rows that bring documents together: a case is one document, so they have tests of their own.
  private static final Set<String> OF_WHOLE_FILES = // DiscoveryTest, IncludeTest, ExtendsTest
      Set.of(
          "name",
          "version",
          "include",
          "include.*.path",
          "include.*.project_directory",
          "include.*.env_file",
          "services.*.extends",
          "services.*.extends.service",
          "services.*.extends.file");

  private final List<AttributeCase> cases = AttributeCase.all().toList();

  @Test
  void everyRowIsWrittenInAForm() {
    assertEquals(List.of(), rowsWithout(written("form")));
  }

  @Test
  void everyRowIsMerged() {
    assertEquals(List.of(), rowsWithout(written("base", "override")));
  }

  @Test
  void everyRowHasABadValue() {
    List<String> places =
        cases.stream()
            .flatMap(it -> it.titled("bad").stream().flatMap(bad -> mistakes(it, bad)))
            .toList();
    assertEquals(List.of(), rowsWithout(places));
  }

  private static Stream<String> mistakes(AttributeCase attribute, Section bad) {
    var error =
        assertThrows(ComposeFileException.class, () -> Loaded.of(attribute, bad), bad::yaml);
    return error.problems().stream().map(Problem::path);
  }

  /// The places of all that is written in such sections.
  private List<String> written(String... titles) {
    var places = new ArrayList<String>();
    for (AttributeCase attribute : cases) {
      for (String title : titles) {
        for (Section section : attribute.titled(title)) {
          YamlReader.read(Source.of(title), attribute.file(section), new Problems())
              .forEach(it -> collect(TreePath.ROOT, it.tree(), places));
        }
      }
    }
    return places;
  }

  private static void collect(TreePath path, Node node, List<String> places) {
    places.add(path.toString());
    switch (node) {
      case Scalar _ -> {}
      case Mapping map ->
          map.keys().forEach(it -> collect(path.child(it), map.get(it).orElseThrow(), places));
      case Sequence list -> {
        for (int i = 0; i < list.items().size(); i++) {
          collect(path.item(i), list.items().get(i), places);
        }
      }
    }
  }

  /// Those at which, and below which, there is none of the places.
  private static List<String> rowsWithout(List<String> places) {
    Set<String> distinct =
        places.stream().map(it -> it.replaceAll("\\[[0-9]+\\]", ".*")).collect(Collectors.toSet());
    return Schema.rows().stream()
        .map(Row::pattern)
        .filter(it -> !OF_WHOLE_FILES.contains(it))
        .filter(it -> distinct.stream().noneMatch(below(it)))
        .toList();
  }

  private static Predicate<String> below(String pattern) {
    return Pattern.compile(pattern.replace(".*", "\\.[^.]+") + "(\\..*)?").asMatchPredicate();
  }
}
