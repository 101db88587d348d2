package dev.davit.volume;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.RemoveTree;
import dev.davit.linux.Syscall;
import dev.davit.stored.Aside;
import dev.davit.stored.Damage;
import dev.davit.stored.Reading.Absent;
import dev.davit.stored.Reading.Useless;
import dev.davit.stored.Reading.Whole;
import dev.davit.stored.Thing;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The named and anonymous volumes of one data directory, each a directory that appears and goes as
/// a whole: `NAME/volume.json` says what it is, `NAME/_data` is mounted. Safe for use by several
/// threads.
public final class Volumes {
  /// What one is called that is set aside.
  public static final String KIND = "volume";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}");
  private static final String NEW = ".new-";
  private static final String GONE = ".gone-";
  private static final int MNT_DETACH = 2;

  private final Path directory;
  private final Aside aside;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Volume> volumes = new TreeMap<>();

  private Volumes(Path directory, Aside aside, Clock clock) {
    this.directory = directory;
    this.aside = aside;
    this.clock = clock;
  }

  /// The volumes kept in `stateDirectory`, which is made where it is missing. One that cannot be
  /// read is set aside with its data, beside that directory.
  public static Volumes open(Path stateDirectory) {
    Path directory = stateDirectory.toAbsolutePath();
    var volumes =
        new Volumes(directory, new Aside(directory.resolveSibling("")), Clock.systemUTC());
    volumes.load();
    return volumes;
  }

  private void load() {
    aside.makeDirectory(directory);
    aside.giveBack(KIND, VolumeFile.FORM.format());
    try (var root = root()) {
      for (String name : FileCalls.names(root)) {
        if (name.startsWith(NEW) || name.startsWith(GONE)) {
          // The engine ended in the midst of it.
          RemoveTree.remove(root, name);
        } else if (NAME.matcher(name).matches()) {
          load(name);
        }
      }
    }
  }

  private void load(String name) {
    Path place = directory.resolve(name);
    switch (VolumeFile.read(place)) {
      case Whole<Volume>(Volume found) -> {
        VolumeFile.mend(found, place, aside);
        volumes.put(name, found);
      }
      case Useless<Volume>(Damage damage) -> setAside(name, damage);
      case Absent<Volume> _ -> {}
    }
  }

  private void setAside(String name, Damage damage) {
    Path place = directory.resolve(name);
    // What is mounted there is not the volume's own, and must not go with it.
    unmount(place.resolve("_data"));
    aside.put(new Thing(KIND, name, damage.remains().labels()), place, damage);
  }

  private Fd root() {
    return Kernel.open(directory.toString(), Open.RDONLY | Open.DIRECTORY, 0);
  }

  /// The volume with that name, made unless it exists; its labels are then those that it was made
  /// with. `CONFLICT` where it exists with another driver or other options, `UNSUPPORTED` for
  /// another driver than `local`, `INVALID` for options that it does not know.
  public synchronized Volume create(VolumeConfig config) {
    if (config.name().isEmpty()) {
      return make(named(config, randomName()), true);
    }
    if (!NAME.matcher(config.name()).matches()) {
      throw new DavitException(
          Kind.INVALID,
          "invalid volume name \"%s\"".formatted(config.name()),
          "write 2 to 255 of a-z A-Z 0-9 _ . - with a letter or digit first");
    }
    Volume existing = volumes.get(config.name());
    if (existing == null) {
      return make(config, false);
    }
    if (!existing.config().driver().equals(config.driver())
        || !existing.config().driverOpts().equals(config.driverOpts())) {
      throw new DavitException(
          Kind.CONFLICT,
          "volume \"%s\" exists with another driver or other options".formatted(config.name()),
          "remove it first or write the same");
    }
    return existing;
  }

  /// A new volume named by 64 hexadecimal digits.
  public Volume createAnonymous() {
    return create(VolumeConfig.of(""));
  }

  /// Where the data of the volume with that name is, or would be.
  public Path place(String name) {
    return directory.resolve(name).resolve("_data");
  }

  private static VolumeConfig named(VolumeConfig config, String name) {
    return new VolumeConfig(name, config.driver(), config.driverOpts(), config.labels());
  }

  private String randomName() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Volume make(VolumeConfig config, boolean anonymous) {
    refuseUnsupported(config);
    var volume =
        new Volume(
            config.name(),
            config,
            directory.resolve(config.name()).resolve("_data"),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            anonymous);
    String draft = NEW + config.name();
    if (Files.exists(directory.resolve(config.name()), LinkOption.NOFOLLOW_LINKS)) {
      setAside(config.name(), Damage.of("it is in the way of a new volume of that name"));
    }
    try (var root = root()) {
      VolumeFile.write(volume, directory.resolve(draft));
      FileCalls.rename(root, draft, root, config.name());
      Kernel.call(Syscall.FSYNC, root.number());
    }
    volumes.put(volume.name(), volume);
    return volume;
  }

  private static void refuseUnsupported(VolumeConfig config) {
    if (!config.driver().equals("local")) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "volume driver \"%s\" of volume \"%s\"".formatted(config.driver(), config.name()),
          "write \"local\" or leave the driver out");
    }
    var _ = DriverOptions.parse(config);
  }

  /// Mounts what the driver options of the volume with that name say, unless that has happened.
  public synchronized void attach(String name) {
    Volume volume = known(name);
    Optional<DriverOptions> options = DriverOptions.parse(volume.config());
    if (options.isPresent() && !MountTable.has(volume.mountpoint())) {
      options.get().mount(volume.mountpoint());
    }
  }

  /// Undoes [#attach]; nothing happens where nothing is mounted or there is no such volume.
  public synchronized void detach(String name) {
    Volume volume = volumes.get(name);
    if (volume != null && !volume.config().driverOpts().isEmpty()) {
      unmount(volume.mountpoint());
    }
  }

  private static void unmount(Path data) {
    while (Files.isDirectory(data) && MountTable.has(data)) {
      Kernel.umount(data.toString(), MNT_DETACH);
    }
  }

  private Volume known(String name) {
    Volume volume = volumes.get(name);
    if (volume == null) {
      throw aside.missing(KIND, name, "davit volume ls");
    }
    return volume;
  }

  public synchronized Optional<Volume> find(String name) {
    return Optional.ofNullable(volumes.get(name));
  }

  /// All volumes, by name.
  public synchronized List<Volume> list() {
    return List.copyOf(volumes.values());
  }

  /// Removes the volume and its data; `NOT_FOUND` where there is none. Whether a container uses it
  /// is the engine's to know.
  public synchronized void remove(String name) {
    // What is mounted there is not the volume's own, and must not go with it.
    unmount(known(name).mountpoint());
    volumes.remove(name);
    try (var root = root()) {
      String gone = GONE + System.nanoTime();
      FileCalls.rename(root, name, root, gone);
      RemoveTree.remove(root, gone);
    }
  }
}
