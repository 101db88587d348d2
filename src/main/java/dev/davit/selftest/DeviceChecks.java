package dev.davit.selftest;

import dev.davit.linux.Errno;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which devices a container has, and whether its terminal is its own.
final class DeviceChecks {
  private static final Set<String> USUAL =
      Set.of(
          "console", "core", "fd", "full", "mqueue", "null", "ptmx", "pts", "random", "shm",
          "stderr", "stdin", "stdout", "tty", "urandom", "zero");
  private static final int CHARACTER = 0020600;
  private static final int BLOCK = 0060600;
  private static final int SET_ATTRIBUTES = 0x5402;
  private static final int INJECT = 0x5412;
  private static final String MEANING = "A container reads the machine's memory or disks.";

  private DeviceChecks() {}

  static List<Check> all() {
    return List.of(nodes(), opened(), noTerminal(), terminal());
  }

  private static Check nodes() {
    var probe = new Probe();
    probe.open("/dev", Open.DIRECTORY);
    int names = probe.names(4096);
    return Check.inside(
        "/dev has the usual devices and no others",
        MEANING,
        probe,
        seen -> {
          var others = new ArrayList<>(seen.names(names));
          boolean found = others.contains("null");
          others.removeAll(USUAL);
          return found
              ? Verdict.of(others.isEmpty(), "it has " + String.join(", ", others))
              : Verdict.failed("it has not even null");
        });
  }

  private static Check opened() {
    var probe = new Probe();
    var rows = new TreeMap<String, Integer>();
    // devices.txt: memory, ports, kernel log, the first disk, loop devices, FUSE, tun
    node(probe, rows, "mem", CHARACTER, 1, 1);
    node(probe, rows, "port", CHARACTER, 1, 4);
    node(probe, rows, "kmsg", CHARACTER, 1, 11);
    node(probe, rows, "fuse", CHARACTER, 10, 229);
    node(probe, rows, "tun", CHARACTER, 10, 200);
    node(probe, rows, "loop-control", CHARACTER, 10, 237);
    node(probe, rows, "sda", BLOCK, 8, 0);
    node(probe, rows, "loop0", BLOCK, 7, 0);
    node(probe, rows, "vda", BLOCK, 254, 0);
    return Check.inside(
        "no other device can be made and opened",
        MEANING,
        probe,
        seen -> {
          var wrong = new ArrayList<String>();
          rows.forEach(
              (name, row) -> {
                boolean refused =
                    seen.failed(row - 1, Errno.EPERM)
                        || seen.failed(row, Errno.EPERM, Errno.EACCES);
                if (!refused) {
                  wrong.add("%s: open %s".formatted(name, seen.outcome(row)));
                }
              });
          return Verdict.of(wrong);
        });
  }

  private static void node(
      Probe probe, Map<String, Integer> rows, String name, int mode, int major, int minor) {
    probe.call(Syscall.MKNODAT, -100, "/tmp/" + name, mode, major << 8 | minor);
    rows.put(name, probe.open("/tmp/" + name, Open.RDONLY));
  }

  private static Check noTerminal() {
    var probe = new Probe();
    int tty = probe.open("/dev/tty", Open.RDWR);
    int inject = probe.call(Syscall.IOCTL, 0, INJECT, "x");
    return Check.inside(
        "a container without a terminal has nobody else's",
        "A container types commands into the terminal of whoever started it.",
        probe,
        seen ->
            Verdict.of(
                seen.failed(tty) && seen.failed(inject),
                "/dev/tty: %s, TIOCSTI: %s".formatted(seen.outcome(tty), seen.outcome(inject))));
  }

  private static Check terminal() {
    var probe = new Probe();
    // termios(3), no processing of output: B38400 | CS8 | CREAD
    ByteBuffer raw = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 0xbf);
    probe.call(Syscall.IOCTL, 1, SET_ATTRIBUTES, Value.bytes(raw.array()));
    int name = probe.readlink("/proc/self/fd/0");
    probe.open("/dev/pts", Open.DIRECTORY);
    int names = probe.names(512);
    return Check.inside(
        "a container's terminal is its own, and the only one it sees",
        "A container types commands into the terminal of whoever started it.",
        config -> config.withCommand(config.command().withTty(true)),
        probe,
        seen ->
            Verdict.of(
                seen.text(name).equals("/dev/pts/0")
                    && seen.names(names).equals(List.of("0", "ptmx")),
                "it is \"%s\", beside it are %s".formatted(seen.text(name), seen.names(names))));
  }
}
