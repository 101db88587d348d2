package dev.davit.selftest;

import dev.davit.archive.MadeTar;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.MountConfig;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whether links in an image lead a start out of the container: to a file of the host, or away from
/// the places that a start covers.
final class PlaceChecks {
  private static final String MEANING =
      "An image reads and writes files of this machine as root; do not run images of strangers.";
  private static final String MOUNTED = "/data";
  private static final int FIRST = 3;
  private static final int LAST = 31;

  private PlaceChecks() {}

  /// What is mounted at [#MOUNTED].
  private enum Kind {
    IMAGES_OWN("the image's own volume"),
    NAMED("a volume"),
    TMPFS("a tmpfs");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  static List<Check> all() {
    var all = new ArrayList<Check>();
    for (Kind kind : Kind.values()) {
      for (String target : List.of("/dev", "/proc", "/sys")) {
        all.add(covered(kind, target));
      }
    }
    for (String name : List.of("dev", "proc", "sys")) {
      all.add(replaced(name));
    }
    all.add(workingDirectories());
    all.add(linkedDirectory());
    return all;
  }

  private static Check covered(Kind kind, String target) {
    return new Check(
        "%s at a link to %s hides nothing".formatted(kind.words, target),
        MEANING,
        laboratory -> {
          String canary = laboratory.canary().file().toString();
          MadeTar root =
              new MadeTar().directory("dev").link("dev/null", canary).link("data", target);
          ContainerConfig config =
              laboratory.config(
                  "link-to-" + target.substring(1) + (kind == Kind.IMAGES_OWN ? "-volume" : ""),
                  root,
                  kind == Kind.IMAGES_OWN
                      ? Map.of("Volumes", Map.of(MOUNTED, Map.of()))
                      : Map.of());
          return looked(laboratory, config.withMounts(mounts(kind, laboratory)));
        });
  }

  private static List<MountConfig> mounts(Kind kind, Laboratory laboratory) {
    return switch (kind) {
      case IMAGES_OWN -> List.of();
      case NAMED -> List.of(MountConfig.volume(laboratory.volume(), MOUNTED));
      case TMPFS -> List.of(MountConfig.tmpfs(MOUNTED));
    };
  }

  private static Check replaced(String name) {
    return new Check(
        "an image whose /%s is a link".formatted(name),
        MEANING,
        laboratory -> {
          MadeTar root = new MadeTar().link(name, laboratory.canary().directory().toString());
          return looked(laboratory, laboratory.config(name + "-is-link", root, Map.of()));
        });
  }

  // Reads and writes what ought to be hidden, then looks at what is hidden and what has happened
  // outside. A container that is refused is well, if it left everything as it was.
  private static Verdict looked(Laboratory laboratory, ContainerConfig config) {
    var probe = new Probe();
    probe.open("/proc/timer_list", Open.RDONLY);
    int secret = probe.read(64);
    probe.open("/proc/timer_list", Open.WRONLY | Open.APPEND);
    probe.call(Syscall.WRITE, new Value.Result(secret + 1), "changed", 7);
    var look = new SystemFileChecks.Look(probe);
    Ended ended = laboratory.run(config, probe);
    List<String> harm = laboratory.canary().harm();
    if (!ended.refused()) {
      Verdict seen =
          ended.judged(
              probe,
              it ->
                  it.text(secret).startsWith(Canary.SONG)
                      ? Verdict.failed("the container reads a file of the host")
                      : Verdict.of(look.visible(it)));
      if (!seen.isWell()) {
        harm.addFirst(seen.reason());
      }
    }
    return Verdict.of(harm);
  }

  private static Check workingDirectories() {
    var probe = new Probe();
    int place = probe.call(Syscall.GETCWD, new Value.Room(256), 256);
    return new Check(
        "a working directory in /proc/self/fd leads nowhere",
        MEANING,
        laboratory -> {
          var wrong = new ArrayList<String>();
          for (int fd = FIRST; fd <= LAST; fd++) {
            String directory = "/proc/self/fd/" + fd;
            ContainerConfig config = laboratory.config();
            Ended ended =
                laboratory.run(
                    config.withCommand(config.command().withWorkingDir(directory)), probe);
            if (!ended.refused()) {
              Verdict verdict = ended.judged(probe, seen -> inside(seen, place));
              if (!verdict.isWell()) {
                wrong.add(directory + ": " + verdict.reason());
              }
            }
          }
          return Verdict.of(wrong);
        });
  }

  // getcwd(2): a directory out of reach is told with "(unreachable)" in front.
  private static Verdict inside(Seen seen, int place) {
    return Verdict.of(
        seen.text(place).startsWith("/"), "it is outside, at \"" + seen.text(place).trim() + '"');
  }

  private static Check linkedDirectory() {
    var probe = new Probe();
    int place = probe.call(Syscall.GETCWD, new Value.Room(256), 256);
    return new Check(
        "a working directory is made in the container, not where a link leads",
        MEANING,
        laboratory -> {
          MadeTar root = new MadeTar().link("work", laboratory.canary().directory().toString());
          ContainerConfig config = laboratory.config("work-is-link", root, Map.of());
          Ended ended =
              laboratory.run(
                  config.withCommand(config.command().withWorkingDir("/work/new")), probe);
          List<String> harm = laboratory.canary().harm();
          if (!ended.refused()) {
            Verdict verdict = ended.judged(probe, seen -> inside(seen, place));
            if (!verdict.isWell()) {
              harm.add(verdict.reason());
            }
          }
          return Verdict.of(harm);
        });
  }
}
