package dev.davit.runtime;

import static dev.davit.runtime.Wanted.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cgroup.Entry;
import dev.davit.error.DavitException;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.InRoot;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Pidfd;
import dev.davit.linux.Stat;
import dev.davit.linux.SyscallException;
import dev.davit.test.Canary;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Places that a container names and the engine goes to: the working directory, terminals, /proc.
@dev.davit.test.Kernel
class HostilePlacesKernelTest extends StarterFixture {
  private static final String HERE = "test -e /davit-test-root && pwd -P; stat -c %i .";

  private Canary canary;

  @BeforeEach
  void canary() throws Exception {
    canary = Canary.at(directory.resolve("canary"));
    Files.createFile(image.resolve("davit-test-root"));
  }

  @AfterEach
  void untouched() throws Exception {
    canary.assertUntouched();
  }

  private String tried(Wanted wanted) throws Exception {
    try {
      return run(wanted.container()).out();
    } catch (DavitException e) {
      return "refused: " + e.getMessage();
    }
  }

  @Test
  void noDescriptorIsAWorkingDirectory() throws Exception {
    // What the engine has open at the moment of a start lies below that.
    long open;
    try (var numbers = Files.list(Path.of("/proc/self/fd"))) {
      open = numbers.mapToInt(it -> Integer.parseInt(it.getFileName().toString())).max().orElse(0);
    }
    for (int number = 3; number <= Math.max(open + 20, 200); number++) {
      for (String process : number < 40 ? List.of("self", "1", "thread-self") : List.of("self")) {
        String place = "/proc/" + process + "/fd/" + number;
        String out = tried(script("pwd").cwd(place));
        assertTrue(out.startsWith("refused: "), place + ": " + out);
      }
    }
  }

  @Test
  void workingDirectoryByLinksOfTheImageIsInTheContainer() throws Exception {
    Path links = Files.createDirectories(image.resolve("links"));
    Files.createSymbolicLink(links.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(links.resolve("two"), Path.of("../../../../../../links/three"));
    Files.createSymbolicLink(links.resolve("three"), Path.of("/"));
    Files.createSymbolicLink(links.resolve("cwd"), Path.of("/proc/self/cwd"));
    Files.createSymbolicLink(links.resolve("root"), Path.of("/proc/1/root"));
    Files.createSymbolicLink(links.resolve("out"), canary.path());
    Files.createSymbolicLink(links.resolve("loop"), Path.of("loop"));
    for (String inside : List.of("/links/one", "/links/one/../..", "/usr/../../..", "/links/out")) {
      String[] lines = tried(script(HERE).cwd(inside)).split("\n", -1);
      assertEquals(2, lines.length, inside);
    }
    for (String magic :
        List.of("/links/cwd", "/links/root/tmp", "/proc/self/root", "/links/loop")) {
      assertTrue(tried(script(HERE).cwd(magic)).startsWith("refused: "), magic);
    }
    // Made by the container that stands there, in the layer above, and nowhere else.
    assertEquals("", tried(script("touch here").cwd("/links/out")));
  }

  @Test
  void furtherProcessesGoToNoMagicLinkEither() throws Exception {
    try (var running = start(script("exec sleep 1000"))) {
      for (String place : List.of("/proc/self/fd/5", "/proc/1/root", "/proc/1/cwd", "/dev/fd/3")) {
        var process = script("pwd").cwd(place).process();
        assertThrows(StartFailedException.class, () -> running.exec(process), place);
      }
      assertEquals(
          0, running.exec(script("ls -l /proc/self/fd | grep -c ' [0-9]* -> '").process()));
      // Its three, and the one by which ls reads the directory.
      assertEquals("4", running.out());
      try (var files = Files.list(Path.of("/proc/" + running.started().pid() + "/fd"))) {
        assertEquals(
            List.of("0", "1", "2"), files.map(it -> it.getFileName().toString()).sorted().toList());
      }
    }
  }

  @Test
  void filesOfUsersThatAreNoneAreRefused() throws Exception {
    try (Fd root = Kernel.open(image.toString(), Open.PATH | Open.DIRECTORY, 0)) {
      assertTrue(FileCalls.mkdir(root, "etc", 0755));
      try (Fd etc = Kernel.openat(root.number(), "etc", Open.PATH | Open.DIRECTORY, 0)) {
        FileCalls.mknod(etc, "fifo", 0x1000 | 0644, 0);
        FileCalls.symlink(canary.path().resolve("file").toString(), etc, "outside");
        FileCalls.symlink("/proc/self/environ", etc, "environment");
      }
      try (var huge = new java.io.RandomAccessFile(image.resolve("etc/huge").toFile(), "rw")) {
        huge.setLength(1L << 40);
      }
      assertThrows(DavitException.class, () -> InRoot.read(root, "/etc/fifo", 1 << 20));
      assertThrows(DavitException.class, () -> InRoot.read(root, "/etc/huge", 1 << 20));
      assertTrue(InRoot.read(root, "/etc/outside", 1 << 20).isEmpty(), "a file of the host");
      assertTrue(InRoot.read(root, "/etc/environment", 1 << 20).isEmpty(), "of the engine");
    }
  }

  @Test
  void terminalsAreTheContainersOwnWhateverTheImageHasInDev() throws Exception {
    Path dev = Files.createDirectories(image.resolve("dev/pts")).getParent();
    for (String name : List.of("console", "pts/0", "pts/ptmx", "tty", "ptmx", "null")) {
      Files.createSymbolicLink(dev.resolve(name), canary.path().resolve("file"));
    }
    String look = "tty; stat -c '%F %t' /dev/console /dev/pts/0; echo x > /dev/console; chmod 0 $0";
    String out = terminal(script(look));
    assertTrue(out.startsWith("/dev/pts/0\r\ncharacter special file 88\r\n"), out);
    assertEquals(
        "gone\n0", tried(script("test -e /dev/console || echo gone; ls /dev/pts | grep -c 0")));
  }

  @Test
  void devThatIsALinkIsRefusedWithATerminalToo() throws Exception {
    Files.createSymbolicLink(image.resolve("dev"), canary.path());
    assertThrows(StartFailedException.class, () -> terminal(script("true")));
    assertTrue(tried(script("true")).startsWith("refused: "));
  }

  @Test
  void terminalIsNotMadeWhereTheContainerHasSomethingElse() throws Exception {
    Path dev = Files.createDirectories(directory.resolve("pts"));
    try (Fd at = Kernel.open(dev.toString(), Open.PATH | Open.DIRECTORY, 0)) {
      // Of the devices the one that does no harm.
      FileCalls.mknod(at, "ptmx", Stat.CHARACTER | 0666, 1L << 32 | 5);
    }
    var wanted = script("exec sleep 1000").mount(MountSpec.Bind.of(dev, "/dev/pts", false));
    try (var running = start(wanted)) {
      var error =
          assertThrows(
              DavitException.class,
              () ->
                  starter
                      .execs()
                      .start(
                          new ExecSpec("x", script("true").process()),
                          running.started().pid(),
                          running.started().pidfd(),
                          Entry.none(),
                          new Stdio.Terminal(24, 80)));
      assertEquals(
          "\"/dev/pts/ptmx\" of the container is no place to make a terminal", error.getMessage());
    }
  }

  @Test
  void withoutATerminalThereIsNoneToWriteInto() throws Exception {
    dev.davit.test.Programs.require("perl");
    // ioctl_tty(2), ioctl_console(2): TIOCSTI, TIOCSCTTY, TIOCLINUX with its subcode for pasting.
    String steal =
        """
        for $t ("/dev/tty", "/dev/console", "/dev/tty0", "/dev/tty1", "/dev/pts/0") {
          print open(T, "+<", $t) ? "$t open\\n" : ""; }
        for $f (0, 1, 2) { open(T, "+<&=", $f); for $c (0x5412, 0x540e, 0x541c) {
          $a = "\\x03\\0\\0\\0"; print ioctl(T, $c, $a) ? "$f $c done\\n" : ""; } }
        print "end\\n";
        """;
    assertEquals("end", tried(script("exec perl -e '" + steal.replace("'", "") + "'")));
  }

  @Test
  void whatIsWrittenToTheContainersTerminalStaysThere() throws Exception {
    dev.davit.test.Programs.require("perl");
    String paste =
        "perl -e '$a = \"\\x03\\0\"; print ioctl(STDIN, 0x541c, $a) ? \"pasted\" : \"no console\"'";
    assertEquals("no console", terminal(script(paste)));
  }

  private String terminal(Wanted wanted) throws Exception {
    try (Fd rootfs = overlay()) {
      Started started =
          starter.start(wanted.container(), rootfs, Entry.none(), new Stdio.Terminal(24, 80));
      try (Fd pidfd = started.pidfd();
          Fd terminal = started.terminal().orElseThrow()) {
        String out = drain(terminal);
        Pidfd.await(pidfd);
        return out;
      }
    }
  }

  private static String drain(Fd terminal) {
    var out = new ByteArrayOutputStream();
    try {
      while (true) {
        out.writeBytes(Kernel.read(terminal, 4096));
      }
    } catch (SyscallException e) {
      assertEquals(Errno.EIO, e.errno());
    }
    return out.toString(UTF_8);
  }

  /// What lies over /proc in the container changes nothing of what is told to the kernel.
  @Test
  void whatIsToldThroughProcIsEffectiveWhateverLiesOverIt() throws Exception {
    Path fake = Files.createDirectories(directory.resolve("fake"));
    Files.createDirectories(fake.resolve("self"));
    for (String name : List.of("oom_score_adj", "coredump_filter")) {
      Files.createSymbolicLink(fake.resolve("self").resolve(name), canary.path().resolve("file"));
    }
    var told = new ExecAttribute("/proc/self/coredump_filter", "0x7f");
    for (String over : List.of("/proc", "/proc/sys", "/proc/1")) {
      var wanted =
          script("exec sleep 1000")
              .mount(MountSpec.Bind.of(fake, over, false))
              .told(told)
              .oomScoreAdj(321)
              .sysctl("net.ipv4.ip_default_ttl", "42");
      try (var running = start(wanted)) {
        assertTold(running.started().pid());
        var further = script("exec sleep 1000").told(told).oomScoreAdj(321).process();
        var child = new ArrayList<Integer>();
        try (Fd pidfd = running.begin(further, child)) {
          assertTold(child.getFirst());
          Kernel.sendSignal(pidfd, 9);
          Pidfd.await(pidfd);
        }
        var net = new Namespace.Of(Path.of("/proc/" + running.started().pid() + "/ns/net"));
        var beside =
            script("cat /proc/sys/net/ipv4/ip_default_ttl")
                .namespaces(Namespaces.own().withNet(net));
        assertEquals("42", tried(beside), over);
      }
    }
  }

  private static void assertTold(int pid) throws Exception {
    Path process = Path.of("/proc/" + pid);
    assertEquals("321", Files.readString(process.resolve("oom_score_adj")).strip());
    assertEquals("0000007f", Files.readString(process.resolve("coredump_filter")).strip());
  }

  @Test
  void aLinkOfAVolumeBelowProcIsNoPlaceForAMount() throws Exception {
    Path volume = Files.createDirectories(directory.resolve("volume"));
    Files.createSymbolicLink(volume.resolve("sys"), Path.of("/proc/sys"));
    Files.createSymbolicLink(volume.resolve("attr"), Path.of("/proc/1/attr"));
    for (String place : List.of("/volume/sys", "/volume/attr", "/volume/sys/kernel")) {
      var wanted =
          script("stat -f -c %T /proc/sys/kernel /proc/1/attr")
              .mount(MountSpec.Bind.of(volume, "/volume", false))
              .mount(new MountSpec.Tmpfs(place, "size=1m", Set.of()));
      String out = tried(wanted);
      assertTrue(out.startsWith("refused: "), place + ": " + out);
    }
    var links = List.of("/proc/self", "/proc/self/attr", "/proc/thread-self/fd", "/dev/fd");
    for (String link : links) {
      String out = tried(script("true").mount(new MountSpec.Tmpfs(link, "size=1m", Set.of())));
      assertFalse(out.isEmpty(), link);
    }
  }
}
