package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  @TempDir Path directory;

  @Test
  void textOfWhatHasNoEndIsRefused() {
    Path zero = Path.of("/dev/zero");
    var error = assertThrows(UnreadableFileException.class, () -> sources().text(zero));
    assertEquals("file \"/dev/zero\" cannot be read: it is a pipe or a device", error.text());
  }

  @Test
  void textOfNothingIsEmpty() {
    assertEquals(Optional.of(""), sources().text(Path.of("/dev/null")));
  }

  @Test
  void textOfAHugeFileIsRefused() throws IOException {
    Path huge = directory.resolve("huge.yaml");
    try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength((64 << 20) + 1);
    }
    var error = assertThrows(UnreadableFileException.class, () -> sources().text(huge));
    assertEquals("file \"huge.yaml\" cannot be read: it is larger than 64 MB", error.text());
  }

  private Sources sources() {
    return new Sources(directory, () -> "", RemoteFiles.NONE);
  }
}
