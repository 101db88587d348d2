package dev.davit.volume;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A volume's state as it is kept: `volume.json`.
record VolumeFile(
    String name,
    String driver,
    Map<String, String> driverOpts,
    Map<String, String> labels,
    Instant created,
    boolean anonymous) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FILE = "volume.json";

  /// The volume kept in `directory`, or empty where that is none.
  static Optional<Volume> read(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var kept = JSON.readValue(Files.readAllBytes(file), VolumeFile.class);
      var config = new VolumeConfig(kept.name, kept.driver, kept.driverOpts, kept.labels);
      Path data = directory.resolve("_data");
      return Optional.of(new Volume(kept.name, config, data, kept.created, kept.anonymous));
    } catch (JacksonException | NullPointerException e) {
      throw new DavitException(
          Kind.INTERNAL,
          "volume state \"%s\" cannot be read".formatted(file),
          "mend the file or move its directory away",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes `directory` with the state and an empty `_data`, on disk when this returns.
  static void write(Volume volume, Path directory) {
    var config = volume.config();
    var kept =
        new VolumeFile(
            volume.name(),
            config.driver(),
            config.driverOpts(),
            config.labels(),
            volume.created(),
            volume.anonymous());
    try {
      Files.createDirectory(directory, mode("rwx------"));
      Path data = directory.resolve("_data");
      Files.createDirectory(data);
      // The umask of whoever started the engine is no concern of containers.
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
      try (var channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        var bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(kept));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileAttribute<?> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
