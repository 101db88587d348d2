package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static Stack two(String base, String over) {
    return Stack.web(base)
        .file("compose.override.yaml", Stack.web(over).files().get("compose.yaml"));
  }

  @Test
  void mappingsMergeListsAppendAndScalarsAreReplaced() {
    Service web =
        two(
                "user: a\nenvironment: [A=1, B=1]\nports: ['80:80']\ncommand: a b",
                "user: b\nenvironment: {B: 2, C: 3}\nports: [81]\ncommand: c")
            .service();
    assertEquals(Optional.of("b"), web.command().user());
    assertEquals(Map.of("A", "1", "B", "2", "C", "3"), web.command().environment());
    assertEquals(2, web.networking().ports().size());
    assertEquals(Optional.of(List.of("c")), web.command().arguments());
  }

  @Test
  void nullKeepsWhatWasThereExceptForCommands() {
    Service web = two("deploy: {replicas: 2}\ncommand: a", "deploy:\ncommand:").service();
    assertEquals(2, web.replicas());
    assertEquals(Optional.empty(), web.command().arguments());
  }

  @Test
  void optionsOfAnotherLoggingDriverGo() {
    Service web =
        two(
                "logging: {driver: local, options: {max-size: 1m}}",
                "logging: {driver: json-file, options: {max-file: 2}}")
            .service();
    assertEquals(Map.of("max-file", "2"), web.logging().options());
  }

  @Test
  void documentsOfOneFileMergeToo() {
    String compose = Stack.web("user: a").files().get("compose.yaml");
    Stack stack = Stack.of(compose + "---\nservices: {web: {user: b}}\n");
    assertEquals(Optional.of("b"), stack.service().command().user());
  }

  @Test
  void overrideNeedNotBeWhole() {
    Stack stack =
        Stack.web("")
            .file("prod.yaml", "services: {web: {user: b}}\n")
            .named("compose.yaml", "prod.yaml");
    assertEquals(Optional.of("b"), stack.service().command().user());
  }
}
