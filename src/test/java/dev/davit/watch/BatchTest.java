package dev.davit.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.Develop.Action;
import dev.davit.compose.Develop.Watch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What changes mean to rules.
class BatchTest {
  private static Rule rule(String service, Action action, String path, String target) {
    return rule(service, action, path, target, List.of(), List.of());
  }

  private static Rule rule(
      String service,
      Action action,
      String path,
      String target,
      List<String> ignore,
      List<String> include) {
    var watch = new Watch(Path.of(path), action, target, ignore, include, Optional.empty(), false);
    return Rule.of(service, 0, watch, path, "/p", Patterns.ofFile("dist\n!dist/keep\ntmp\n"));
  }

  private static String lines(List<Rule> rules, String... paths) {
    return String.join("\n", Batch.of(rules, List.of(paths)).lines());
  }

  @Test
  void syncsComeFirstThenRestartsThenCommands() {
    var rules =
        List.of(
            rule("web", Action.SYNC_EXEC, "/p/src", "/app"),
            rule("api", Action.RESTART, "/p", ""),
            rule("web", Action.SYNC_RESTART, "/p/src", "/app"),
            rule("web", Action.SYNC, "/p/src/lib", "/lib/"));
    assertEquals(
        """
        sync web: /p/src/a -> /app/a
        sync web: /p/src/lib/b -> /app/lib/b
        sync web: /p/src/lib/b -> /lib/b
        restart api: /p/src/a has changed
        restart web: /p/src/a has changed
        exec web: /p/src/a has changed""",
        lines(rules, "/p/src/lib/b", "/p/src/a"));
  }

  @Test
  void whatIsBesideTheRootIsNothing() {
    var rules = List.of(rule("web", Action.SYNC, "/p/src", "/app"));
    assertEquals("", lines(rules, "/p/srcs/a", "/p/a", "/p", "/"));
    assertEquals("sync web: /p/src -> /app", lines(rules, "/p/src"));
  }

  @Test
  void theRootOfTheHostIsARootToo() {
    var rules = List.of(rule("web", Action.SYNC, "/", "/"));
    assertEquals("sync web: /etc/x -> /etc/x", lines(rules, "/etc/x"));
  }

  @Test
  void ignoredIsWhatTheRuleTheContextAndEditorsIgnore() {
    var rules =
        List.of(
            rule("web", Action.SYNC, "/p/dist", "/a"),
            rule("web", Action.SYNC, "/p/src", "/b", List.of("*.log", "/gen/"), List.of()));
    assertEquals(
        "sync web: /p/dist/keep/x -> /a/keep/x\nsync web: /p/src/a/b.log -> /b/a/b.log",
        lines(
            rules,
            "/p/dist/x",
            "/p/dist/keep/x",
            "/p/src/b.log",
            "/p/src/a/b.log",
            "/p/src/gen/x",
            "/p/src/.git/HEAD",
            "/p/src/sub/.git/HEAD",
            "/p/src/.a.swp",
            "/p/src/a~",
            "/p/src/4913",
            "/p/src/.#a",
            "/p/src/#a#",
            "/p/src/a___jb_tmp___",
            "/p/src/.idea/workspace.xml"));
  }

  @Test
  void includedIsWhatOneOfThePatternsMatches() {
    var rules =
        List.of(rule("web", Action.SYNC, "/p/src", "/b", List.of("b.txt"), List.of("*.txt", "x")));
    assertEquals(
        "sync web: /p/src/a.txt -> /b/a.txt\nsync web: /p/src/x/y.go -> /b/x/y.go",
        lines(rules, "/p/src/a.txt", "/p/src/b.txt", "/p/src/c.go", "/p/src/x/y.go"));
  }

  @Test
  void whatFollowsAFailedSyncIsLeftOut() {
    var rules =
        List.of(
            rule("web", Action.SYNC_EXEC, "/p", "/app"),
            rule("web", Action.RESTART, "/p", ""),
            rule("api", Action.RESTART, "/p", ""));
    assertEquals(
        List.of("restart api: /p/a has changed"),
        Batch.of(rules, List.of("/p/a")).withoutFollowing("web").causes());
  }

  @Test
  void directoriesAreEnteredWhereSomethingMayMatter() {
    Rule rule = rule("web", Action.SYNC, "/p/src", "/b", List.of("node_modules"), List.of());
    assertTrue(rule.enters("/p"));
    assertTrue(rule.enters("/p/src/a"));
    assertFalse(rule.enters("/p/src/node_modules"));
    assertFalse(rule.enters("/p/src/.git/objects"));
    assertFalse(rule.enters("/p/other"));
    // The context takes a part of dist back.
    assertTrue(rule("web", Action.SYNC, "/p", "/b").enters("/p/dist"));
  }
}
