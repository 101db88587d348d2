package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class InterpolationTest {
  private static String user(Stack stack) {
    return stack.service().command().user().orElse("");
  }

  @Test
  void processEnvironmentWinsOverDotEnv() {
    Stack stack = Stack.web("user: ${A}-${B}").file(".env", "A=file\nB=file\n").env("A", "env");
    assertEquals("env-file", user(stack));
  }

  @Test
  void valuesBecomeWhatTheAttributeIs() {
    Stack stack = Stack.web("tty: ${T}\nscale: ${N}\nports: ['${P}:80']");
    Stack set = stack.env("T", "yes").env("N", "2").env("P", "8080");
    assertEquals(true, set.service().command().tty());
    assertEquals(2, set.service().replicas());
    assertEquals("8080", set.service().networking().ports().getFirst().published());
  }

  @Test
  void badValueOfAVariableHasThePlaceOfItsUse() {
    assertEquals(
        "services.web.scale: invalid whole number \"many\"",
        Stack.web("scale: ${N}").env("N", "many").error());
  }

  @Test
  void badValueOfAVariableIsTracedToWhoSetIt() {
    Stack stack = Stack.web("scale: ${N}\nmem_limit: ${M:-1q}");
    assertEquals(
        """
        compose.yaml:4:12: error[DV0106]: services.web.scale: invalid whole number "many"
          4 |     scale: ${N}
            |            ^^^^
        .env:2:1: note: variable "N" is "many"
          2 | N=many
            | ^
          = help: write digits only
        compose.yaml:5:16: error[DV0109]: services.web.mem_limit: invalid size "1x"
          5 |     mem_limit: ${M:-1q}
            |                ^^^^^^^^
        environment: note: variable "M" is "1x"
          = help: write a number of bytes with an optional unit: b, k, m or g, such as 512m
        """,
        stack.file(".env", "\nN=many\n").env("M", "1x").errors());
  }

  @Test
  void mistakesInAFileOfVariablesHaveTheirLine() {
    assertEquals(
        """
        .env:3:2: error[DV0204]: unexpected character "%" in variable name "C%=1"
          3 | C%=1
            |  ^
        """,
        Stack.web("").file(".env", "A=1\nB=2\nC%=1\n").errors());
    assertEquals(
        """
        .env:1:3: warning[DV0203]: variable "SHOPP" is not set and becomes empty
          1 | A=$SHOPP-x
            |   ^^^^^^
          = help: set it, or give a default: ${SHOPP:-}
        """,
        Stack.web("").file(".env", "A=$SHOPP-x\n").warnings());
  }

  @Test
  void projectNameIsAVariable() {
    assertEquals("shop", user(Stack.web("user: ${COMPOSE_PROJECT_NAME}")));
  }

  @Test
  void keysAreLeftAlone() {
    assertEquals("v", Stack.web("labels: {$A: v}").env("A", "x").service().labels().get("$A"));
  }
}
