package dev.davit.compose.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
  private final Problems problems = new Problems();

  private Mapping read(String text) {
    List<Document> documents = YamlReader.read(Source.of("f"), text, problems);
    assertEquals(List.of(), problems.errors());
    return (Mapping) documents.getFirst().tree();
  }

  private Scalar.Type type(String plain) {
    return ((Scalar) read("a: " + plain).get("a").orElseThrow()).type();
  }

  private String value(String written) {
    return text(read("a: " + written), "a");
  }

  private String error(String text) {
    var found = new Problems();
    YamlReader.read(Source.of("f"), text, found);
    assertEquals(1, found.errors().size());
    return found.errors().getFirst().message();
  }

  @Test
  void scalarsAreOfYamlOneTwo() {
    for (String text :
        List.of("no", "on", "Yes", "y", "22:22", "2001-01-01", "0x", "1.2.3", "'1'")) {
      assertEquals(Scalar.Type.TEXT, type(text), text);
    }
    for (String text : List.of("0", "-7", "0440", "0o17", "0xff", "1_000", "0X1F", "0b11")) {
      assertEquals(Scalar.Type.INTEGER, type(text), text);
    }
    for (String text : List.of("1.5", ".5", "1e3", "1e1_0", "-.inf", ".nan")) {
      assertEquals(Scalar.Type.DECIMAL, type(text), text);
    }
    for (String text : List.of("", "~", "null", "NULL")) {
      assertEquals(Scalar.Type.NULL, type(text), text);
    }
    assertEquals(Scalar.Type.BOOL, type("True"));
  }

  @Test
  void whatIsTooLargeForANumberIsText() {
    for (String text :
        List.of("1e400", "0x11111111111111111111", "9".repeat(400), "1" + "0".repeat(2000))) {
      assertEquals(Scalar.Type.TEXT, type(text), text);
      assertEquals(text, value(text));
    }
  }

  @Test
  void tagsSayTheType() {
    assertEquals(Scalar.Type.TEXT, type("!!str 5"));
    assertEquals(Scalar.Type.INTEGER, type("! 5"));
    assertEquals(Scalar.Type.INTEGER, type("!!int \"5\""));
    assertEquals(Scalar.Type.DECIMAL, type("!!float 5"));
    assertEquals("hello", value("!!binary aGVsbG8="));
    assertEquals("invalid !!int \"abc\"", error("a: !!int abc"));
  }

  @Test
  void tabsBehindAKeyAreBlanks() {
    assertEquals("b", value("\tb"));
    assertEquals("b", value(" \t \"b\"\t# comment"));
    assertEquals("é", text(read("x: |\n  \ta:\tb\na:\té\n"), "a"));
  }

  @Test
  void tabsInTheIndentationAreNot() {
    assertEquals("invalid YAML: tab in the indentation", error("a:\n\tb: c\n"));
    assertEquals("invalid YAML: tab in the indentation", error("a:\n  -\tb\n"));
  }

  @Test
  void anchorsHoldForLaterDocuments() {
    assertEquals(2, YamlReader.read(Source.of("f"), "a: &a 1\n---\nb: *a\n", problems).size());
    assertEquals(List.of(), problems.errors());
  }

  @Test
  void mergeKeysGiveWay() {
    Mapping tree = read("x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  a: 0\n");
    Mapping merged = tree.mapping("z");
    assertEquals("0 1 2", text(merged, "a") + " " + text(merged, "b") + " " + text(merged, "c"));
  }

  private static String text(Mapping mapping, String key) {
    return ((Scalar) mapping.get(key).orElseThrow()).text();
  }

  @Test
  void placesCountFromOne() {
    Mapping tree = read("a:\n  b: 1\n  c: [2]\n");
    assertEquals("f:1:1", tree.get("a").orElseThrow().place().toString());
    assertEquals("f:2:6", tree.mapping("a").get("b").orElseThrow().place().toString());
    assertEquals("f:3:3", tree.mapping("a").keyPlace("c").toString());
  }

  @Test
  void aliasesCannotExplode() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(i, i, String.join(", ", java.util.Collections.nCopies(10, alias))));
    }
    assertEquals("aliases make the document too large", error(bomb.toString()));
  }

  @Test
  void anchorInsideItself() {
    assertEquals("alias inside its own anchor", error("a: &a\n  b: *a\n"));
  }

  @Test
  void mergeOfAScalar() {
    assertEquals("merge of a string", error("a:\n  <<: text\n"));
  }

  @Test
  void documentsAndByteOrderMark() {
    assertEquals(
        2, YamlReader.read(Source.of("f"), "\uFEFFa: 1\n---\n---\nb: 1\n", problems).size());
    assertTrue(problems.errors().isEmpty());
  }
}
