package dev.davit.volume;

import dev.davit.linux.WholeFile;
import dev.davit.stored.Aside;
import dev.davit.stored.Damage;
import dev.davit.stored.Form;
import dev.davit.stored.Reading;
import dev.davit.stored.Reading.Absent;
import dev.davit.stored.Reading.Useless;
import dev.davit.stored.Reading.Whole;
import dev.davit.stored.Thing;
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
import java.util.List;
import java.util.Map;

/// A volume's state as it is kept: `volume.json`, and the same once more beside it. It never
/// changes, and without it nobody knows whose data the volume has.
record VolumeFile(
    String name,
    String driver,
    Map<String, String> driverOpts,
    Map<String, String> labels,
    Instant created,
    boolean anonymous) {
  static final Form<VolumeFile> FORM = Form.of(VolumeFile.class, 1);
  static final String FILE = "volume.json";
  private static final String COPY = "volume.copy.json";

  private Volume in(Path directory) {
    var config = new VolumeConfig(name, driver, driverOpts, labels);
    return new Volume(name, config, directory.resolve("_data"), created, anonymous);
  }

  private static VolumeFile of(Volume volume) {
    var config = volume.config();
    return new VolumeFile(
        volume.name(),
        config.driver(),
        config.driverOpts(),
        config.labels(),
        volume.created(),
        volume.anonymous());
  }

  /// What `directory` says, from the copy where `volume.json` says nothing; absent only where it is
  /// the directory of no volume.
  static Reading<Volume> read(Path directory) {
    Reading<VolumeFile> first = read(directory, FILE);
    Reading<VolumeFile> best = first instanceof Whole<VolumeFile> ? first : read(directory, COPY);
    return switch (best) {
      case Whole<VolumeFile>(VolumeFile kept) -> new Whole<>(kept.in(directory));
      case Useless<VolumeFile>(Damage damage) ->
          new Useless<>(first instanceof Useless<VolumeFile>(Damage own) ? own : damage);
      case Absent<VolumeFile> _ ->
          switch (first) {
            case Useless<VolumeFile>(Damage damage) -> new Useless<>(damage);
            default ->
                Files.exists(directory.resolve("_data"))
                    ? new Useless<>(Damage.of(FILE + " is gone"))
                    : new Absent<>();
          };
    };
  }

  private static Reading<VolumeFile> read(Path directory, String file) {
    Reading<VolumeFile> reading = FORM.read(directory.resolve(file));
    String name = String.valueOf(directory.getFileName());
    return reading instanceof Whole<VolumeFile>(VolumeFile kept) && !kept.name.equals(name)
        ? new Useless<>(Damage.of("%s is that of volume \"%s\"".formatted(file, kept.name)))
        : reading;
  }

  /// Writes again what is missing of the two files in `directory`; what is there in their place is
  /// set aside.
  static void mend(Volume volume, Path directory, Aside aside) {
    for (String name : List.of(FILE, COPY)) {
      Path file = directory.resolve(name);
      Reading<VolumeFile> reading = read(directory, name);
      if (reading instanceof Useless<VolumeFile>(Damage damage)
          && !aside.put(Thing.of("file of volume", volume.name()), file, damage)) {
        continue;
      }
      if (!(reading instanceof Whole<VolumeFile>)) {
        WholeFile.replaceDurably(file, FORM.encode(of(volume)));
      }
    }
  }

  /// Makes `directory` with the state and an empty `_data`, on disk when this returns.
  static void write(Volume volume, Path directory) {
    byte[] content = FORM.encode(of(volume));
    try {
      Files.createDirectory(directory, mode("rwx------"));
      Path data = directory.resolve("_data");
      Files.createDirectory(data);
      // The umask of whoever started the engine is no concern of containers.
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
      // The copy is no reason to wait for the disk: whoever starts next writes it again.
      Files.write(directory.resolve(COPY), content, StandardOpenOption.CREATE_NEW);
      write(directory.resolve(FILE), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static FileAttribute<?> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
