package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.Mount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MountsTest {
  private static Mount mount(String item) {
    String web = Stack.web("volumes: [" + item + "]").files().get("compose.yaml");
    return Stack.of(web + "volumes: {data: }\n").service().mounts().getFirst();
  }

  @Test
  void shortVolumeIsTheLongOne() {
    Mount mount = mount("'data:/data/./x/:ro,nocopy'");
    assertEquals(
        mount,
        mount(
            "{type: volume, source: data, target: /data/x, read_only: true, volume: {nocopy: true}}"));
    assertEquals(Mount.Type.VOLUME, mount.type());
    assertEquals("/data/x", mount.target());
    assertTrue(mount.readOnly() && mount.noCopy());
  }

  @Test
  void shortBindIsTheLongOne() {
    Mount mount = mount("/srv/./a:/a:rslave");
    assertEquals(
        mount, mount("{type: bind, source: /srv/a, target: /a, bind: {propagation: rslave}}"));
    assertEquals("/srv/a", mount.source());
    assertEquals(Optional.of("rslave"), mount.propagation());
    assertTrue(mount.createHostPath());
    assertFalse(
        mount("{type: bind, source: /a, target: /a, bind: {create_host_path: false}}")
            .createHostPath());
  }

  @Test
  void relativeSourceIsBesideTheFile() {
    assertTrue(mount("./html:/html").source().endsWith("/shop/html"));
  }

  @Test
  void tmpfsAttributeIsATmpfsMount() {
    Stack stack = Stack.web("tmpfs: /run:size=64m,mode=1770,noexec");
    var tmpfs =
        new Mount.Tmpfs(OptionalLong.of(64 << 20), OptionalInt.of(01770), List.of("noexec"));
    assertEquals(
        List.of(
            new Mount(
                Mount.Type.TMPFS,
                "",
                "/run",
                false,
                Optional.empty(),
                false,
                Optional.empty(),
                false,
                Optional.empty(),
                Map.of(),
                tmpfs)),
        stack.service().mounts());
  }

  @Test
  void laterMountReplacesOneAtTheSameTarget() {
    List<Mount> mounts = Stack.web("volumes: [/a:/x, /b:/x]").service().mounts();
    assertEquals(List.of("/b"), mounts.stream().map(Mount::source).toList());
  }

  @Test
  void badOnes() {
    assertEquals(
        "services.web.volumes[0]: invalid volume option \"rx\"",
        Stack.web("volumes: [/a:/b:rx]").error());
    assertEquals(
        "services.web.volumes[0]: bind mount has no source",
        Stack.web("volumes: [{type: bind, target: /b}]").error());
  }
}
