package dev.davit.compose.attribute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.attribute.AttributeCase.Section;
import dev.davit.compose.load.ComposeFileException;
import dev.davit.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/// Each attribute as its file in `compose/attributes` says: every form gives the same, later files
/// change it as expected, and what is wrong is said.
class AttributeTest {
  @TestFactory
  Stream<DynamicTest> formsAreOneThing() {
    return each(
        "canonical",
        AttributeCase::forms,
        (attribute, it) ->
            assertEquals(Loaded.expected(attribute, it.canonical()), loaded(attribute, it.form())));
  }

  private static String loaded(AttributeCase attribute, Section... sections) {
    return Loaded.of(attribute, sections).text();
  }

  @TestFactory
  Stream<DynamicTest> canonicalFormIsAForm() {
    return each(
        "again",
        it -> it.titled("canonical"),
        (attribute, canonical) ->
            assertEquals(Loaded.expected(attribute, canonical), loaded(attribute, canonical)));
  }

  @TestFactory
  Stream<DynamicTest> laterFileChangesIt() {
    return each(
        "merge",
        AttributeCase::merges,
        (attribute, merge) ->
            assertEquals(
                Loaded.expected(attribute, merge.result()),
                loaded(attribute, merge.base(), merge.override())));
  }

  @TestFactory
  Stream<DynamicTest> changeMakesAnotherContainerWhereTheRowSaysSo() {
    List<Row> rows = Schema.rows();
    return each(
        "hash",
        it -> it.merges().stream().filter(merge -> it.name().startsWith("services.")).toList(),
        (attribute, merge) -> {
          Row row = rows.stream().filter(it -> isOf(it, attribute)).findFirst().orElseThrow();
          Loaded before = Loaded.of(attribute, merge.base());
          Loaded after = Loaded.of(attribute, merge.base(), merge.override());
          boolean other = row.hashed() && !before.text().equals(after.text());
          assertEquals(other, !before.hash().equals(after.hash()), "another hash");
        });
  }

  private static boolean isOf(Row row, AttributeCase attribute) {
    return AttributeCase.name(row).equals(attribute.name());
  }

  @TestFactory
  Stream<DynamicTest> badValueIsAnError() {
    return each(
        "bad",
        it -> it.titled("bad"),
        (attribute, bad) -> {
          var error =
              assertThrows(ComposeFileException.class, () -> Loaded.of(attribute, bad), bad::yaml);
          assertEquals(
              List.of(bad.detail()), error.problems().stream().map(Problem::message).toList());
        });
  }

  private interface Check<T> {
    void of(AttributeCase attribute, T part);
  }

  private static <T> Stream<DynamicTest> each(
      String what, Function<AttributeCase, List<T>> parts, Check<T> check) {
    return AttributeCase.all()
        .flatMap(
            attribute ->
                parts.apply(attribute).stream()
                    .map(
                        part ->
                            test(attribute.name() + " " + what, () -> check.of(attribute, part))));
  }

  private static DynamicTest test(String name, Executable executable) {
    return DynamicTest.dynamicTest(name, executable);
  }

  @TestFactory
  Stream<DynamicTest> everyFileIsWholeAndOfAnAttribute() {
    var names = Schema.rows().stream().map(AttributeCase::name).collect(Collectors.toSet());
    return AttributeCase.all()
        .map(
            it ->
                test(
                    it.name(),
                    () -> {
                      assertTrue(names.contains(it.name()), "no such attribute");
                      assertEquals(List.of(), missing(it));
                    }));
  }

  private static List<String> missing(AttributeCase attribute) {
    var missing = new ArrayList<String>();
    Stream.of("form", "canonical", "base", "bad")
        .filter(it -> attribute.titled(it).isEmpty())
        .forEach(missing::add);
    assertFalse(attribute.sections().isEmpty());
    return missing;
  }
}
