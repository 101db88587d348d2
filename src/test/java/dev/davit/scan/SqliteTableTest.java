package dev.davit.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTableTest {
  // Made by SQLite 3, with pages of 1024 bytes: it has inner pages, and rows of up to nine pages.
  private static final Path DATABASE = Path.of("src/test/resources/dev/davit/scan/rpmdb.sqlite");

  @TempDir private Path temp;

  private static List<String> names(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      var names = new ArrayList<String>();
      for (SqliteTable.Row row : new SqliteTable(channel).rows("Packages")) {
        if (row.values().size() > 1 && row.values().get(1) instanceof byte[] blob) {
          RpmHeader header = RpmHeader.parse(blob);
          names.add(
              header.number(RpmHeader.EPOCH).map(it -> it + ":").orElse("")
                  + header.text(RpmHeader.NAME)
                  + " "
                  + header.text(RpmHeader.VERSION));
        }
      }
      return names;
    }
  }

  @Test
  void allRowsAreReadInTheirOrder() throws IOException {
    List<String> names = names(DATABASE);
    assertEquals(43, names.size());
    assertEquals(
        List.of("gpg-pubkey 1", "bash 5.1.8", "1:openssl-libs 3.0.7", "filler-0 1.0"),
        names.subList(0, 4));
    assertEquals("filler-39 1.39", names.getLast());
  }

  @Test
  void rowOfSeveralPagesIsWhole() throws IOException {
    try (var channel = FileChannel.open(DATABASE)) {
      byte[] blob = (byte[]) new SqliteTable(channel).rows("Packages").get(2).values().get(1);
      assertTrue(blob.length > 9000);
      int last = blob.length - 1;
      for (int i = 0; i < 9000; i++) {
        assertEquals((byte) ((8999 - i) * 7), blob[last - i]);
      }
    }
  }

  @Test
  void tableThatIsNotThereHasNoRows() throws IOException {
    try (var channel = FileChannel.open(DATABASE)) {
      assertEquals(List.of(), new SqliteTable(channel).rows("Nothing"));
    }
  }

  @Test
  void whateverIsBrokenIsRowsOrAnErrorAndEnds() throws IOException {
    byte[] whole = Files.readAllBytes(DATABASE);
    var random = new Random(1);
    Path broken = temp.resolve("broken");
    for (int i = 0; i < 2000; i++) {
      byte[] bytes =
          i % 10 == 0
              ? java.util.Arrays.copyOf(whole, random.nextInt(whole.length))
              : whole.clone();
      for (int j = 0; j < 20 && bytes.length > 0; j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(broken, bytes);
      Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> readable(broken));
    }
  }

  // Anything else than an IOException fails the test.
  private static void readable(Path file) {
    try {
      var _ = names(file);
    } catch (IOException _) {
      // That is what a broken file is.
    }
  }

  @Test
  void pageThatLeadsBackToItselfIsAnError() throws IOException {
    byte[] bytes = Files.readAllBytes(DATABASE);
    // Every inner page's last child becomes the page itself.
    for (int page = 1; page * 1024 < bytes.length; page++) {
      int at = page * 1024;
      if (bytes[at] == 5) {
        java.nio.ByteBuffer.wrap(bytes).putInt(at + 8, page + 1);
      }
    }
    Path circle = Files.write(temp.resolve("circle"), bytes);
    var e = assertThrows(IOException.class, () -> names(circle));
    assertTrue(String.valueOf(e.getMessage()).contains("circle"), e.getMessage());
  }
}
