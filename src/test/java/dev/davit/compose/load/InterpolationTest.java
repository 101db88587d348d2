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
  void projectNameIsAVariable() {
    assertEquals("shop", user(Stack.web("user: ${COMPOSE_PROJECT_NAME}")));
  }

  @Test
  void keysAreLeftAlone() {
    assertEquals("v", Stack.web("labels: {$A: v}").env("A", "x").service().labels().get("$A"));
  }
}
