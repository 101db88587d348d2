package dev.davit.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HierarchiesTest {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String PROC = "22 27 0:21 / /proc rw,relatime - proc proc rw\n";
  private static final String V2 =
      "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";

  @Test
  void v2Alone() {
    var found = Hierarchies.parse(PROC + V2);
    assertTrue(found.isUnified());
    assertEquals(List.of(ROOT), found.roots());
  }

  @Test
  void v2WithANamedHierarchyBesideIt() {
    var named = "40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd\n";
    assertEquals(Hierarchies.parse(V2), Hierarchies.parse(named + V2));
  }

  @Test
  void hybridWithSharedMounts() {
    var found =
        Hierarchies.parse(
            """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 / /sys/fs/cgroup/my\\040memory rw,relatime - cgroup cgroup rw,memory
            36 31 0:33 / /sys/fs/cgroup/net_cls rw,relatime - cgroup cgroup rw,net_cls
            40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """);
    assertFalse(found.isUnified());
    assertEquals(
        Map.of(
            "cpu", ROOT.resolve("cpu,cpuacct"),
            "cpuacct", ROOT.resolve("cpu,cpuacct"),
            "memory", ROOT.resolve("my memory"),
            "name=systemd", ROOT.resolve("systemd")),
        found.controllers());
    assertEquals(4, found.roots().size());
  }

  @Test
  void noneIsUnsupported() {
    var error = assertThrows(DavitException.class, () -> Hierarchies.parse(PROC));
    assertEquals(Kind.UNSUPPORTED, error.kind());
  }
}
