package dev.davit.faults;

import dev.davit.faults.FaultyEngine.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// `davit install`, by an engine that sees a directory of ours in the place of systemd's.
///
/// @param units that directory
record InstallTrial(Path units) implements Trial {
  private static final Path PLACE = Path.of("/etc/systemd/system");

  /// Whether the machine has the place that is covered.
  static boolean possible() {
    return Files.isDirectory(PLACE);
  }

  static InstallTrial in(Path directory) throws IOException {
    return new InstallTrial(Files.createDirectories(directory.resolve("units")));
  }

  @Override
  public String name() {
    return "install";
  }

  @Override
  public void setUp(Bench bench) throws Exception {
    String mounts =
        "mount --bind %s %s && mount -t tmpfs none /run && mkdir -p /run/systemd/system && exec \"$@\""
            .formatted(units, PLACE);
    bench.startEnginesBy(
        List.of("unshare", "-m", "--propagation", "slave", "sh", "-c", mounts, "sh"));
    bench.callThisEmpty();
  }

  @Override
  public void prepare(Bench bench) {}

  @Override
  public void act(Bench bench, String order) throws Exception {
    bench.engine().order(order);
    bench.davit("install");
  }

  @Override
  public List<String> afterDeath(Bench bench) {
    return List.of();
  }

  @Override
  public List<String> again(Bench bench) throws IOException {
    var wrong = new ArrayList<String>();
    Ran ran = bench.davit("install");
    if (ran.code() != 0) {
      wrong.add("the command again: exit code " + ran.code() + ": " + ran.err());
    }
    Path unit = units.resolve("davit.service");
    Path link = units.resolve("multi-user.target.wants/davit.service");
    if (!Files.exists(unit) || !Files.readString(unit).contains("ExecStart")) {
      wrong.add("no unit");
    }
    if (!Files.isSymbolicLink(link)) {
      wrong.add("no link");
    }
    return wrong;
  }

  @Override
  public List<String> cleanUp(Bench bench) throws IOException {
    var wrong = new ArrayList<String>();
    Ran ran = bench.davit("uninstall");
    if (ran.code() != 0) {
      wrong.add("uninstall: exit code " + ran.code() + ": " + ran.err());
    }
    try (Stream<Path> files = Files.walk(units)) {
      files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .forEach(file -> wrong.add("file " + file));
    }
    return wrong;
  }
}
