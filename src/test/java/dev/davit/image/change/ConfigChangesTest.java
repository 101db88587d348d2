package dev.davit.image.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.TextException;
import dev.davit.image.ImageConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigChangesTest {
  private static final ImageConfig BASE =
      ImageConfig.of(List.of("PATH=/bin", "A=1", "EMPTY="), List.of("old"));

  private static ImageConfig apply(String... texts) {
    return ConfigChanges.apply(List.of(texts), BASE);
  }

  private static List<String> env(String text) {
    List<String> env = apply(text).env();
    return env.subList(3, env.size());
  }

  private static String caret(String text) {
    var e = assertThrows(TextException.class, () -> apply(text));
    String[] lines = e.problem().print().split("\n", -1);
    return lines[2].substring(lines[2].indexOf('|') + 2) + "< " + e.getMessage();
  }

  @Test
  void commandIsAListOfWordsOrALineForTheShell() {
    assertEquals(List.of("a", "b c"), apply("CMD [\"a\", \"b c\"]").cmd());
    assertEquals(List.of("/bin/sh", "-c", "a $X \"b\""), apply("cmd  a $X \"b\" ").cmd());
    assertEquals(List.of("/bin/sh", "-c", "[ -f x ] && y"), apply("CMD [ -f x ] && y").cmd());
    assertEquals(List.of(), apply("CMD []").cmd());
  }

  @Test
  void entrypointTakesTheImagesCommandAwayButNotOneThatIsGiven() {
    assertEquals(List.of(), apply("ENTRYPOINT [\"e\"]").cmd());
    assertEquals(List.of("e"), apply("ENTRYPOINT [\"e\"]").entrypoint());
    assertEquals(List.of("c"), apply("CMD [\"c\"]", "ENTRYPOINT [\"e\"]").cmd());
    assertEquals(List.of("c"), apply("ENTRYPOINT [\"e\"]\nCMD [\"c\"]").cmd());
  }

  @Test
  void variablesAreQuotedAndExpandedAsInADockerfile() {
    assertEquals(List.of("B=/bin:/x", "C=a b", "D=$A"), env("ENV B=$PATH:/x C=\"a b\" D='$A'"));
    assertEquals(List.of("B=a b", "C=x\"y", "D=$A"), env("ENV B=a\\ b C=\"x\\\"y\" D=\\$A"));
    assertEquals(List.of("B=1.def.x.", "C="), env("ENV B=${A}.${NO:-def}.${A:+x}.${NO:+y} C=$NO"));
    assertEquals(List.of("B=d", "C=", "D=1"), env("ENV B=${EMPTY:-d} C=${EMPTY-d} D=${NO-$A}"));
    assertEquals(List.of("B=all of it"), env("ENV B  all of it"));
    assertEquals(List.of("B=k=v"), env("ENV B=k=v"));
    assertEquals(List.of("PATH=/x", "A=1", "EMPTY="), apply("ENV PATH=/x").env());
    assertEquals(List.of("B=$ 5$"), env("ENV B=\"$ 5$\""));
  }

  @Test
  void laterInstructionSeesWhatEarlierOnesSet() {
    assertEquals(List.of("B=2", "C=2"), env("ENV B=2\n# a comment\n\nENV C=$B"));
    assertEquals(List.of("PATH=/bin", "A=2", "EMPTY=", "B=1"), apply("ENV A=2 B=$A").env());
  }

  @Test
  void portsAreOfAProtocolAndRangesEachPort() {
    assertEquals(
        List.of("80/tcp", "53/udp", "8000/tcp", "8001/tcp"),
        apply("EXPOSE 80 53/UDP 8000-8001").exposedPorts());
  }

  @Test
  void directoriesAreAbsolute() {
    assertEquals("/a/b", apply("WORKDIR /a", "WORKDIR b").workingDir());
    assertEquals("/a b", apply("WORKDIR \"/a b\"").workingDir());
    assertEquals("/", apply("WORKDIR ../..").workingDir());
    assertEquals(List.of("/x", "/y"), apply("VOLUME /x y").volumes());
    assertEquals(List.of("/x y"), apply("VOLUME [\"/x y\"]").volumes());
  }

  @Test
  void othersChangeWhatTheyAreCalled() {
    assertEquals("1:2", apply("USER $A:2").user());
    assertEquals(Map.of("a.b", "c d", "e", ""), apply("LABEL a.b=\"c d\" e=").labels());
    assertEquals(List.of("RUN x $A"), apply("ONBUILD RUN x $A").onBuild());
    assertEquals("SIGQUIT", apply("STOPSIGNAL SIGQUIT").stopSignal());
    var check = apply("HEALTHCHECK --interval=1m30s --retries=2 CMD a b").healthcheck().get();
    assertEquals(List.of("CMD-SHELL", "a b"), check.test());
    assertEquals(90_000_000_000L, check.interval());
    assertEquals(2, check.retries());
    var list = apply("HEALTHCHECK CMD [\"a\", \"b\"]").healthcheck().get();
    assertEquals(List.of("CMD", "a", "b"), list.test());
    assertEquals(List.of("NONE"), apply("HEALTHCHECK NONE").healthcheck().get().test());
  }

  @Test
  void mistakesPointIntoTheText() {
    assertEquals("^^^< \"RUN\" is no instruction that changes a config", caret("RUN x"));
    assertEquals("    ^< ENV says nothing", caret("ENV "));
    assertEquals("       ^< \"FOO\" has no value", caret("ENV FOO"));
    assertEquals("        ^< \"B\" has no value", caret("ENV A=1 B"));
    assertEquals("      ^< quote that is not closed", caret("ENV A=\"x"));
    assertEquals("          ^< list of words that is not JSON", caret("CMD [\"a\", b]"));
    assertEquals("     ^< list of words that is not JSON", caret("CMD ['a']"));
    assertEquals("          ^^^^^< \"99999\" is no port", caret("EXPOSE 80 99999"));
    assertEquals("      ^^< \"${\" without \"}\"", caret("ENV A=${X"));
    assertEquals("         ^^< unknown modifier of a variable", caret("ENV A=${X?e}"));
    assertEquals("       ^< USER takes one word", caret("USER a b"));
    assertEquals("        ^^^^< FROM cannot be a trigger of ONBUILD", caret("ONBUILD FROM x"));
    assertEquals(
        "            ^^^^^^^^^^^^< \"3\" is no duration", caret("HEALTHCHECK --interval=3 CMD x"));
  }

  @Test
  void mistakeInALaterLineShowsThatLine() {
    assertEquals("        ^< \"é\" has no value", caret("CMD a\nENV A=1 é"));
  }
}
