package dev.davit.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserLookupTest {
  private static final List<String> PASSWD =
      List.of(
          "root:x:0:0:root:/root:/bin/sh",
          "# a comment",
          "broken line",
          "app:x:1000:100:App:/srv/app:/bin/sh",
          "2000:x:1001:101::/home/number:/bin/sh",
          "huge:x:4294967296:1::/:/bin/sh");
  private static final List<String> GROUP =
      List.of("root:x:0:", "users:x:100:app,root", "wheel:x:10:root,app", "www:x:33:");

  private static UserIds find(String spec) {
    return UserLookup.find(spec, PASSWD, GROUP);
  }

  @Test
  void emptyIsRoot() {
    assertEquals(new UserIds(0, 0, List.of(100, 10), "/root"), find(""));
    assertEquals(find("root"), find("0"));
    assertEquals(new UserIds(0, 0, List.of(), "/"), UserLookup.find("", List.of(), List.of()));
  }

  @Test
  void nameGivesItsGroups() {
    assertEquals(new UserIds(1000, 100, List.of(10), "/srv/app"), find("app"));
    assertEquals(find("app"), find("1000"));
  }

  @Test
  void numberIsAUidEvenIfAUserHasThatName() {
    assertEquals(new UserIds(2000, 0, List.of(), "/"), find("2000"));
  }

  @Test
  void groupByNameOrNumberStandsAlone() {
    assertEquals(new UserIds(1000, 33, List.of(), "/srv/app"), find("app:www"));
    assertEquals(new UserIds(5000, 6000, List.of(), "/"), find("5000:6000"));
  }

  @Test
  void unknownNamesSaySo() {
    var user = assertThrows(DavitException.class, () -> find("bob"));
    assertEquals("user \"bob\" is not in /etc/passwd of the image", user.getMessage());
    assertEquals(Kind.NOT_FOUND, user.kind());
    var group = assertThrows(DavitException.class, () -> find("app:staff"));
    assertEquals("group \"staff\" is not in /etc/group of the image", group.getMessage());
    assertThrows(DavitException.class, () -> find("huge"));
    assertThrows(DavitException.class, () -> find("4294967296"));
  }
}
