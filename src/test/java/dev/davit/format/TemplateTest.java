package dev.davit.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TemplateTest {
  record Port(int number, String protocol) {}

  record Row(
      @Header("CONTAINER ID") @JsonProperty("ID") String id,
      String name,
      int exitCode,
      boolean running,
      List<Port> ports,
      Map<String, String> labels,
      @JsonIgnore Lookup label,
      Optional<String> health) {}

  private static final Row WEB =
      new Row(
          "5f2c81d0a3b7",
          "shop-web-1",
          3,
          true,
          List.of(new Port(80, "tcp"), new Port(53, "udp")),
          new TreeMap<>(Map.of("a", "1", "b.c", "2")),
          key -> "<" + key + ">",
          Optional.empty());

  private static String render(String template) {
    return Template.parse(template).render(WEB);
  }

  @Test
  void fieldsOfRecordsMapsAndLookups() {
    assertEquals(
        "5f2c81d0a3b7 shop-web-1 3 true", render("{{.ID}} {{.Name}} {{ .ExitCode }} {{.Running}}"));
    assertEquals("1|2|", render("{{.Labels.a}}|{{index .Labels \"b.c\"}}|{{.Labels.none}}"));
    assertEquals("<x>", render("{{.Label \"x\"}}"));
    assertEquals("<no value>", render("{{.Health}}"));
    assertEquals("udp", render("{{(index .Ports 1).Protocol}}"));
  }

  @Test
  void dockersFunctions() {
    assertEquals("SHOP-WEB-1 shop-web-1", render("{{upper .Name}} {{.Name | upper | lower}}"));
    assertEquals("shop+web+1", render("{{join (split .Name \"-\") \"+\"}}"));
    assertEquals("5f2c", render("{{truncate .ID 4}}"));
    assertEquals(" x  ", render("{{pad \"x\" 1 2}}"));
    assertEquals("Hello World", render("{{title \"hello world\"}}"));
    assertEquals("a 3\n", render("{{println \"a\" .ExitCode}}"));
    assertEquals("[03] \"q\"", render("{{printf \"[%02d] %q\" .ExitCode \"q\"}}"));
    assertEquals("{\"a\":\"1\",\"b.c\":\"2\"}", render("{{json .Labels}}"));
    assertEquals("2", render("{{len .Ports}}"));
  }

  @Test
  void jsonNamesFieldsAsTemplatesDo() {
    assertEquals(
        "{\"ID\":\"5f2c81d0a3b7\",\"Name\":\"shop-web-1\",\"ExitCode\":3,\"Running\":true,"
            + "\"Ports\":[{\"Number\":80,\"Protocol\":\"tcp\"},{\"Number\":53,\"Protocol\":\"udp\"}],"
            + "\"Labels\":{\"a\":\"1\",\"b.c\":\"2\"},\"Health\":null}",
        render("{{json .}}"));
  }

  @Test
  void emptyFieldsThatJsonLeavesOutAreThereForTemplates() {
    var struct =
        new Struct()
            .with("A", 0)
            .withOmitted("B", 0)
            .withOmitted("C", List.of())
            .withOmitted("D", 1);
    assertEquals(
        "{\"A\":0,\"D\":1} 0 []", Template.parse("{{json .}} {{.B}} {{.C}}").render(struct));
  }

  @Test
  void branchesAndLoops() {
    assertEquals("up", render("{{if .Running}}up{{else}}down{{end}}"));
    assertEquals("bad", render("{{if eq .ExitCode 0}}good{{else if gt .ExitCode 2}}bad{{end}}"));
    assertEquals("80,53,", render("{{range .Ports}}{{.Number}},{{end}}"));
    assertEquals(
        "0=tcp 1=udp ", render("{{range $i, $p := .Ports}}{{$i}}={{$p.Protocol}} {{end}}"));
    assertEquals("a:1;b.c:2;", render("{{range $k, $v := .Labels}}{{$k}}:{{$v}};{{end}}"));
    assertEquals("none", render("{{range .Health}}x{{else}}none{{end}}"));
    assertEquals("shop-web-1", render("{{with .Name}}{{.}}{{end}}"));
    assertEquals("shop-web-1/80", render("{{with index .Ports 0}}{{$.Name}}/{{.Number}}{{end}}"));
    assertEquals("2", render("{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}"));
    assertEquals("a b", render("a {{- /* nothing */ -}} {{\" b\"}}"));
    assertEquals("true", render("{{and .Running (not .Health)}}"));
  }

  @Test
  void tabsAndNewlinesMayBeWrittenOut() {
    assertEquals("shop-web-1\t3\n", render("{{.Name}}\\t{{.ExitCode}}\\n"));
  }

  private static String problem(String template) {
    return assertThrows(TemplateException.class, () -> render(template)).problem().print();
  }

  @Test
  void mistakesHaveACaretAndAdvice() {
    assertEquals(
        """
        template: error[DV0604]: no field "Nmae"
          | {{.ID}} {{.Nmae}}
          |           ^^^^^
          = help: did you mean "Name"?""",
        problem("{{.ID}} {{.Nmae}}"));
    assertTrue(problem("{{uper .Name}}").contains("did you mean \"upper\"?"));
    assertTrue(problem("{{.Name").contains("close it with }}"));
    assertTrue(problem("{{if .Name}}x").contains("{{end}}"));
    assertTrue(problem("{{end}}").contains("without a beginning"));
    assertTrue(problem("{{.Name.First}}").contains("no field \"First\""));
    assertTrue(problem("{{$y}}").contains("unknown variable"));
    assertTrue(problem("{{range .Name}}{{end}}").contains("is no list"));
    assertTrue(problem("{{join .Name}}").contains("takes 2 values"));
    assertTrue(problem("{{Name}}").contains("a field has a dot"));
  }

  @Test
  void deepNestingIsRefused() {
    assertTrue(
        problem("{{" + "(".repeat(500) + "1" + ")".repeat(500) + "}}")
            .contains("nested more than"));
    assertTrue(
        problem("{{if 1}}".repeat(500) + "{{end}}".repeat(500)).contains("nested more than"));
  }

  @Test
  void aLayoutPrintsTablesTemplatesAndJson() {
    Layout<Row> layout = Layout.of(Row.class, "{{.ID}}\t{{.Name}}");
    assertEquals(
        "CONTAINER ID   NAME\n5f2c81d0a3b7   shop-web-1\n", layout.print("", List.of(WEB)));
    assertEquals(
        "NAME         HEALTH       x\nshop-web-1   <no value>   <x>\n",
        layout.print("table {{.Name}}\\t{{.Health}}\\t{{.Label \"x\"}}", List.of(WEB)));
    assertEquals("shop-web-1\n", layout.print("{{.Name}}", List.of(WEB)));
    assertEquals("[]\n", layout.inArray().print("json", List.of()));
    assertTrue(layout.print("json", List.of(WEB, WEB)).lines().count() == 2);
  }

  @Test
  void aCellOfATableCannotDoAnythingToTheTerminalOrToOtherRows() {
    Layout<Hostile> layout = Layout.of(Hostile.class, "{{.Name}}\t{{.Command}}");
    var hostile = new Hostile("web", "a\033[2J\033]0;title\007b\nroot\r\u009bc");
    assertEquals("NAME   COMMAND\nweb    ab rootc\n", layout.print("", List.of(hostile)));
    assertEquals("COMMAND\nab rootc\n", layout.print("table {{.Command}}", List.of(hostile)));
    // What another program reads stays as it is.
    assertEquals(hostile.command() + "\n", layout.print("{{.Command}}", List.of(hostile)));
    assertTrue(layout.print("json", List.of(hostile)).contains("\\u001B[2J"));
  }

  record Hostile(String name, String command) {}
}
