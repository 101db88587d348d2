package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.DavitException;
import dev.davit.linux.MountFlag;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TmpfsOptionsTest {
  private static MountConfig tmpfs(OptionalInt mode, String... options) {
    return MountConfig.tmpfs("/run")
        .withTmpfs(new MountConfig.Tmpfs(OptionalLong.of(4096), mode, List.of(options)));
  }

  @Test
  void ofNothingHasDockersDefaults() {
    var options = TmpfsOptions.of(tmpfs(OptionalInt.empty()), false);
    assertEquals(Set.of(MountFlag.NOSUID, MountFlag.NODEV, MountFlag.NOEXEC), options.flags());
    assertEquals("size=4096,mode=1777", options.data());
  }

  @Test
  void ofOptionsHonoursEach() {
    var options = TmpfsOptions.of(tmpfs(OptionalInt.of(0700), "exec", "suid", "uid=1"), true);
    assertEquals(Set.of(MountFlag.NODEV, MountFlag.RDONLY), options.flags());
    assertEquals("size=4096,mode=700,uid=1", options.data());
  }

  @Test
  void ofAnUnknownOptionIsInvalid() {
    var error =
        assertThrows(
            DavitException.class, () -> TmpfsOptions.of(tmpfs(OptionalInt.empty(), "fast"), false));
    assertEquals("option \"fast\" of the tmpfs at \"/run\" is unknown", error.getMessage());
  }

  @Test
  void propagationIsCheckedAgainstTheMountOfTheSource() {
    var mounts =
        List.of(
            "1 0 8:1 / / rw - ext4 /dev/sda rw",
            "2 1 8:2 / /srv rw shared:5 - ext4 /dev/sdb rw",
            "3 1 8:3 / /mnt rw master:5 - ext4 /dev/sdb rw");
    Propagation.check(MountFlag.SHARED, Path.of("/srv/www"), mounts);
    Propagation.check(MountFlag.SLAVE, Path.of("/mnt"), mounts);
    Propagation.check(MountFlag.PRIVATE, Path.of("/etc"), mounts);
    var error =
        assertThrows(
            DavitException.class,
            () -> Propagation.check(MountFlag.SHARED, Path.of("/mnt/x"), mounts));
    assertEquals(
        "bind source \"/mnt/x\" lies on the mount at \"/mnt\", which is not shared",
        error.getMessage());
  }
}
