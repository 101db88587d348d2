package dev.davit.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemainsTest {
  private static final String ID = "5e1f7e57" + "0".repeat(56);

  @TempDir private Path temp;

  private Remains remains() throws IOException {
    Path root = Files.createDirectories(temp.resolve("root"));
    Path run = Files.createDirectories(temp.resolve("run"));
    return Remains.watch(new Equipment(null, null, null, null, null, null, root, run));
  }

  @Test
  void filesWithAnIdAreFoundAndOthersAreNot() throws IOException {
    Remains remains = remains();
    Path left = Files.createDirectories(temp.resolve("run/netns")).resolve(ID);
    Files.writeString(left, "");
    Files.writeString(temp.resolve("root/of-another"), "");
    assertEquals(List.of("file " + left), remains.left(List.of(ID), List.of()));
    Files.delete(left);
    assertEquals(List.of(), remains.left(List.of(ID), List.of()));
  }

  @Test
  void portsThatStillLeadSomewhereAreFound() throws IOException {
    Remains remains = remains();
    int port;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      assertEquals(List.of("port " + port), remains.left(List.of(), List.of(port)));
    }
    assertEquals(List.of(), remains.left(List.of(), List.of(port)));
  }
}
