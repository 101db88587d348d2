package dev.davit.compose.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Devices and their rules, links, taken-over volumes, build contexts, ssh of builds.
class DevicesAndLinksTest {
  private static void refuses(Consumer<String> parse, String... texts) {
    for (String text : texts) {
      assertThrows(MalformedException.class, () -> parse.accept(text), text);
    }
  }

  @Test
  void devices() {
    assertEquals(new DeviceText("/dev/a", "/dev/a", "rwm"), DeviceText.parse("/dev/a"));
    assertEquals(new DeviceText("/dev/a", "/dev/b", "rwm"), DeviceText.parse("/dev/a:/dev/b"));
    assertEquals(new DeviceText("/dev/a", "/dev/b", "rm"), DeviceText.parse("/dev/a:/dev/b:rm"));
    String cdi = "vendor.com/class=gpu0:1";
    assertEquals(new DeviceText(cdi, cdi, "rwm"), DeviceText.parse(cdi));
    refuses(DeviceText::parse, "", "a", "/a:b", "/a:/b:x", "/a:/b:", "/a:/b:r:w", "a/b=", "a/=b");
  }

  @Test
  void deviceRules() {
    assertEquals(new DeviceText.Rule('c', "1", "3", "mr"), DeviceText.rule("c 1:3 mr"));
    assertEquals(new DeviceText.Rule('a', "7", "*", "rmw"), DeviceText.rule("a 7:* rmw"));
    refuses(DeviceText::rule, "", "c", "c 1:3", "d 1:3 r", "c 1:x r", "c 1:3 x", "c  1:3 r");
  }

  @Test
  void links() {
    assertEquals(new LinkText("db", "db"), LinkText.parse("db"));
    assertEquals(new LinkText("db", "sql"), LinkText.parse("db:sql"));
    refuses(LinkText::parse, "", ":", "db:", ":db", "a:b:c");
  }

  @Test
  void volumesFrom() {
    assertEquals(new VolumesFromText("db", false, false), VolumesFromText.parse("db"));
    assertEquals(new VolumesFromText("db", false, true), VolumesFromText.parse("db:ro"));
    assertEquals(new VolumesFromText("x", true, false), VolumesFromText.parse("container:x:rw"));
    refuses(VolumesFromText::parse, "", "db:", "db:x", "container:", "container:x:", "a:ro:rw");
  }

  @Test
  void contexts() {
    for (String text : List.of(".", "./a", "/a", "~/a", "gitlab.com/a/b", "target:x")) {
      assertTrue(ContextText.isPath(text), text);
    }
    for (String text :
        List.of("", "https://x/y.git#main:sub", "git@x:a/b", "github.com/a/b", "service:db")) {
      assertFalse(ContextText.isPath(text), text);
    }
    assertEquals("db", ContextText.service("service:db"));
    assertEquals("", ContextText.service("./service:db"));
  }

  @Test
  void ssh() {
    assertEquals(new SshText("default", List.of()), SshText.parse("default"));
    assertEquals(new SshText("k", List.of("./a", "b")), SshText.parse("k=./a,b"));
    for (String text : List.of("default", "k=./a,b")) {
      assertEquals(text, SshText.parse(text).toString());
    }
    assertEquals("k=/x/a,/x/b", SshText.parse("k=a,b").mapPaths(it -> "/x/" + it).toString());
    refuses(SshText::parse, "", "=a", "a b", " ");
  }

  @Test
  void microseconds() {
    assertEquals(1400, Durations.micros("1400"));
    assertEquals(400_000, Durations.micros("400ms"));
    refuses(Durations::micros, "", "x", "1.5");
  }
}
