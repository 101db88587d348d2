package dev.davit.selftest;

import dev.davit.engine.Content;
import dev.davit.engine.FileConfig;
import dev.davit.engine.MountConfig;
import dev.davit.linux.Errno;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Whether secrets stay in memory and are for their owner alone.
final class SecretChecks {
  private static final String PLACE = "/run/secrets/key";
  // statfs(2)
  private static final long TMPFS = 0x01021994;
  private static final long RAMFS = 0x858458f6L;

  private SecretChecks() {}

  static List<Check> all() {
    return List.of(inMemory());
  }

  private static Check inMemory() {
    var probe = new Probe();
    int file = probe.stat(PLACE);
    int system = probe.call(Syscall.STATFS, PLACE, new Value.Room(120));
    probe.open(PLACE, Open.RDONLY);
    int content = probe.read(64);
    int write = probe.open(PLACE, Open.WRONLY);
    probe.say("ready");
    probe.sleep(1);
    return new Check(
        "a secret is in memory, and for its owner alone",
        "Secrets stay on the disk, or other users of a container read them.",
        laboratory -> {
          String secret = UUID.randomUUID().toString();
          MountConfig mount =
              MountConfig.file(
                  new FileConfig(
                      "secret \"key\"",
                      Optional.empty(),
                      "the self test",
                      Optional.of(Content.of(secret)),
                      0,
                      0,
                      0400),
                  PLACE);
          try (Guest guest =
              laboratory.create(laboratory.config().withMounts(List.of(mount)), probe)) {
            guest.startAndHear();
            var wrong =
                new ArrayList<>(
                    found(
                        laboratory.equipment().root().resolve("containers").resolve(guest.id()),
                        secret));
            Verdict inside =
                guest
                    .end()
                    .judged(
                        probe,
                        seen -> judge(seen.file(file), seen, system, content, write, secret));
            if (!inside.isWell()) {
              wrong.add(inside.reason());
            }
            return Verdict.of(wrong);
          }
        });
  }

  private static Verdict judge(
      FileStatus file, Seen seen, int system, int content, int write, String secret) {
    long kind = seen.room(system).getLong(0);
    if (!seen.text(content).equals(secret)) {
      return Verdict.failed("it cannot be read: " + seen.outcome(content));
    }
    return Verdict.of(
        file.permissions() == 0400
            && file.owner() == 0
            && (kind == TMPFS || kind == RAMFS)
            && seen.failed(write, Errno.EROFS),
        "mode %04o of user %d on file system %x, open to write: %s"
            .formatted(file.permissions(), file.owner(), kind, seen.outcome(write)));
  }

  private static List<String> found(Path directory, String secret) {
    var found = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(directory, 3)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret)) {
          found.add("it is in \"" + file + '"');
        }
      }
    } catch (IOException | UncheckedIOException _) {
      found.add("its directory cannot be read");
    }
    return found;
  }
}
