package dev.davit.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.davit.engine.Containers.WaitCondition;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Platform;
import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import dev.davit.test.OciLayout;
import dev.davit.test.Tar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An image of an archive must run as its config says, unless its service says otherwise.
@Kernel
@Timeout(120)
class ImagesScenario {
  private static final String CONFIG =
      """
      {"Entrypoint":["/bin/sh","-c"],"Cmd":["echo $FROM of $(id -u) in $PWD; cat /data/seed; exec sleep 1000"],
       "Env":["PATH=/bin","FROM=image"],"User":"app","WorkingDir":"/srv","Volumes":{"/data":{}},
       "StopSignal":"SIGKILL","Labels":{"a":"b","com.docker.compose.project":"other"},
       "ExposedPorts":{"80/tcp":{}},"Healthcheck":{"Test":["CMD","true"],"Retries":9}}
      """;

  @TempDir private Path temp;
  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("Images");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private Path archive() throws IOException {
    byte[] busybox = Files.readAllBytes(Path.of("/bin/busybox"));
    byte[] base =
        new Tar()
            .directory("bin")
            .mode(0755)
            .file("bin/busybox", busybox)
            .symlink("bin/sh", "busybox")
            .symlink("bin/id", "busybox")
            .symlink("bin/cat", "busybox")
            .symlink("bin/sleep", "busybox")
            .symlink("bin/true", "busybox")
            .file("gone", "x")
            .directory("etc")
            .file("etc/passwd", "app:x:12:13::/:/bin/sh\n")
            .end();
    byte[] top =
        new Tar()
            .file(".wh.gone", "")
            .directory("srv")
            .owner(12, 13)
            .directory("data")
            .owner(12, 13)
            .file("data/seed", "a seed\n")
            .end();
    String config =
        """
        {"os":"linux","architecture":"%s","config":%s,
         "rootfs":{"type":"layers","diff_ids":["%s","%s"]}}"""
            .formatted(
                Platform.ofThisMachine().architecture(), CONFIG, Digest.of(base), Digest.of(top));
    String manifest =
        """
        [{"Config":"c.json","RepoTags":["example/box:1"],"Layers":["1/layer.tar","2/layer.tar"]}]""";
    Path file = temp.resolve("box.tar");
    Files.write(
        file,
        new Tar()
            .file("1/layer.tar", base)
            .file("2/layer.tar", Tar.gzip(top))
            .file("c.json", config)
            .file("manifest.json", manifest.getBytes(UTF_8))
            .end());
    return file;
  }

  @Test
  void imageOfAnArchiveRunsAsItsConfigSays() throws Exception {
    checks.davit("load", "-i", archive().toString()).succeeds().says("Loaded image: example/box:1");
    checks.davit("image", "ls").succeeds().says("example/box");
    checks.davit("up", "-d").succeeds();
    checks.awaiting("images-own-1", WaitCondition.NOT_RUNNING);
    checks.logged("images-plain-1", "image of 12 in /srv");
    checks.logged("images-plain-1", "a seed");
    checks.davit("logs", "own").says("own words");
    checks.davit("container", "exec", "images-plain-1", "sh", "-c", "test ! -e /gone").succeeds();
    String format =
        "{{json .Config.Healthcheck}} {{json .Config.ExposedPorts}} {{.Config.Labels.a}}"
            + " {{index .Config.Labels \"com.docker.compose.project\"}} {{.Config.StopSignal}}";
    checks
        .davit("container", "inspect", "-f", format, "images-plain-1")
        .says("\"Interval\":7000000000")
        .says("\"Retries\":9")
        .says("{\"80/tcp\":{}} b images SIGKILL");
    checks
        .davit("ps", "-a", "--no-trunc")
        .says("\"/bin/sh -c 'echo $FROM of $(id -u) in $PWD; cat /data/seed; exec sleep 1000'\"");
    checks.davit("rmi", "example/box:1").fails("is in use by container");
    checks.davit("image", "verify", "--all").succeeds();
    checks.davit("down", "-v").succeeds();
    assertEquals(java.util.List.of(), checks.volumeNames());
    checks.davit("rmi", "example/box:1").succeeds().says("Untagged: example/box:1");
    checks.davit("up", "-d", "--pull", "never").fails("is not here");
  }

  @Test
  void savedImageComesBackBitForBit() throws Exception {
    checks.davit("load", "-q", "-i", archive().toString()).succeeds();
    Path first = temp.resolve("first.tar");
    Path second = temp.resolve("second.tar");
    checks.davit("save", "-o", first.toString(), "example/box:1").succeeds();
    checks.davit("rmi", "example/box:1").succeeds();
    checks.davit("load", "-i", first.toString()).succeeds().says("example/box:1");
    checks.davit("image", "save", "-o", second.toString(), "example/box:1").succeeds();
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    checks.davit("load", "-i", "/etc/passwd").fails("");
    checks.davit("image", "verify", "--all").succeeds();
  }

  @Test
  @Intent("[commit] Commit")
  @Intent("[commit] CommitWithReplicas")
  void committedContainerIsAnImageThatRunsAsItWasLeft() throws Exception {
    checks.davit("load", "-q", "-i", archive().toString()).succeeds();
    checks.davit("up", "-d", "--scale", "plain=2").succeeds();
    String change = "echo changed > /srv/new; rm /etc/passwd; mkdir /srv/d";
    checks.davit("container", "exec", "-u", "0", "images-plain-2", "sh", "-c", change).succeeds();
    checks.davit("commit", "--index", "2", "-c", "CMD [\"x\", y]", "plain", "ex/no").fails("JSON");
    checks
        .davit(
            "commit",
            "--index",
            "2",
            "-a",
            "Ada",
            "-m",
            "a message",
            "-c",
            "ENV FROM=commit X=$FROM",
            "-c",
            "ENTRYPOINT [\"/bin/sh\", \"-c\"]",
            "-c",
            "USER 0",
            "-c",
            "CMD [\"echo $FROM $X; cat /srv/new; ls /etc; id -u\"]",
            "plain",
            "ex/changed:1")
        .succeeds()
        .says("sha256:");
    checks
        .davit("container", "run", "--rm", "ex/changed:1")
        .succeeds()
        .says("commit image\nchanged\n");
    // Whoever runs what is unchanged still sees it.
    checks.davit("container", "exec", "images-plain-1", "cat", "/etc/passwd").says("app");
    checks.davit("commit", "plain", "ex/first").succeeds();
    checks.davit("container", "run", "--rm", "ex/first", "ls /etc").says("passwd");
    checks
        .davit("container", "inspect", "-f", "{{.State.Status}}", "images-plain-2")
        .says("running");
    checks.davit("image", "verify", "--all").succeeds();
    checks.davit("down", "-v").succeeds();
  }

  @Test
  void committedLayerHoldsWhatTheContainerChangedAndNothingElse() throws Exception {
    checks.davit("load", "-q", "-i", archive().toString()).succeeds();
    checks.davit("container", "run", "--name", "c1", "-u", "0", "example/box:1", "exit").succeeds();
    checks.davit("container", "commit", "c1", "ex/same").succeeds();
    // How often Davit asks before the first success is its own affair.
    assertEquals(
        "{\"Test\":[\"CMD\",\"true\"],\"Interval\":30000000000,\"Timeout\":30000000000,\"Retries\":9}\n",
        checks.davit("image", "inspect", "-f", "{{json .Config.Healthcheck}}", "ex/same").out());
    Path same = temp.resolve("same.tar");
    checks.davit("save", "-o", same.toString(), "ex/same", "example/box:1").succeeds();
    checks
        .davit("container", "run", "--rm", "-u", "0", "ex/same", "ls -d /etc/hosts /srv /data")
        .succeeds();
    // No layer on top of the two of its image.
    assertEquals(2, layers("ex/same"));
    String change = "rm -r /srv; mkdir /srv; echo > /srv/only; ln /srv/only /srv/again";
    checks.davit("container", "run", "--name", "c2", "-u", "0", "example/box:1", change).succeeds();
    checks.davit("container", "commit", "c2", "ex/other").succeeds();
    assertEquals(3, layers("ex/other"));
    checks
        .davit("container", "run", "--rm", "-u", "0", "ex/other", "cd /srv && ls")
        .says("again\nonly\n");
  }

  @Test
  void importedArchiveIsAnImage() throws Exception {
    Path tar = temp.resolve("fs.tar.gz");
    byte[] busybox = Files.readAllBytes(Path.of("/bin/busybox"));
    Files.write(
        tar, Tar.gzip(new Tar().directory("bin").mode(0755).file("bin/busybox", busybox).end()));
    String cmd = "CMD [\"/bin/busybox\", \"echo\", \"it runs\"]";
    checks.davit("import", "-c", cmd, tar.toString(), "ex/imported:2").succeeds().says("sha256:");
    checks.davit("container", "run", "--rm", "ex/imported:2").says("it runs");
    checks.davit("import", "https://example.org/fs.tar", "x").fails("curl");
    checks.davit("import", "--platform", "linux/a/b/c", tar.toString(), "x").fails("platform");
    checks.davit("import", "/bin/busybox", "x").fails("tar archive");
    checks.davit("import", "/dev/null", "x").fails("the archive is empty");
    checks.davit("container", "create", "--name", "host", "davit/host", "true").succeeds();
    checks.davit("container", "commit", "host", "x").fails("files of the host");
    checks.davit("image", "verify", "--all").succeeds();
  }

  @Test
  void imagesAreNamedListedLookedIntoAndPruned() throws Exception {
    checks.davit("load", "-q", "-i", archive().toString()).succeeds();
    checks.davit("tag", "example/box:1", "other/name:2").succeeds();
    checks.davit("image", "tag", "example/box:1", "davit/host").fails("host's own");
    checks.davit("tag", "nothing", "x").fails("is not here");
    checks.davit("tag", "example/box:1", "x@sha256:" + "0".repeat(64)).fails("digest");
    checks
        .davit("image", "ls", "--format", "{{.Repository}}:{{.Tag}} {{.Digest}}", "*/name")
        .says("other/name:2 <none>\n");
    String format = "{{.Repository}}";
    checks
        .davit("image", "ls", "-f", "reference=example/*:1", "--format", format)
        .says("example/box\n");
    checks.davit("image", "ls", "-f", "label=a=b", "--format", format).says("example/box\n");
    assertEquals("", checks.davit("image", "ls", "-q", "-f", "since=davit/host").out());
    checks.davit("image", "ls", "-f", "before=nothing").fails("is not here");
    checks.davit("image", "ls", "-f", "label!=a").fails("unknown filter");
    checks.davit("image", "ls", "--digests").says("DIGEST");
    checks
        .davit(
            "image",
            "inspect",
            "-f",
            "{{.RepoTags}} {{.Config.User}} {{len .RootFS.Layers}} {{.Os}}",
            "other/name:2")
        .says("[example/box:1 other/name:2] app 2 linux");
    checks.davit("image", "inspect", "davit/host").says("\"RepoTags\": [");
    checks.davit("image", "inspect", "nothing").fails("is not here");
    checks.davit("container", "create", "--name", "user", "example/box:1").succeeds();
    checks
        .davit("container", "commit", "-m", "why", "-c", "LABEL x=y", "user", "ex/more:1")
        .succeeds();
    checks.davit("history", "ex/more:1").says("CREATED BY").says("why").says("<missing>");
    checks.davit("image", "history", "--format", "{{.Comment}}", "ex/more:1").says("why\n");
    String table = checks.davit("df", "--format", "{{.Type}} {{.TotalCount}} {{.Active}}").out();
    assertEquals(
        java.util.List.of("Images 2 1", "Containers 1 0", "Local Volumes 1 1"),
        table.lines().limit(3).toList());
    checks.davit("df", "-v").says("ex/more").says("user");
    checks.davit("image", "prune", "-f").succeeds();
    checks.davit("image", "ls").says("ex/more");
    checks.davit("image", "prune", "-a", "-f", "--filter", "label=no").succeeds();
    checks.davit("image", "ls").says("ex/more");
    checks.davit("image", "prune", "-a", "-f").says("untagged: ex/more:1").says("Total reclaimed");
    checks.davit("image", "ls").says("example/box");
    checks.davit("container", "rm", "-v", "user").succeeds();
    checks.davit("image", "prune", "-a", "-f").says("deleted: sha256:");
    assertEquals(1, checks.davit("image", "ls", "-q").out().lines().count());
  }

  private String platform(String image) {
    return checks.davit("image", "inspect", "-f", "{{.Os}}/{{.Architecture}}", image).out().strip();
  }

  private Checks.Ran load(String... words) {
    var argv =
        new java.util.ArrayList<>(java.util.List.of("load", "-i", "" + temp.resolve("many")));
    argv.addAll(java.util.List.of(words));
    return checks.davit(argv.toArray(String[]::new));
  }

  @Test
  void archiveForSeveralPlatformsGivesTheOneThatIsWanted() throws Exception {
    var layout = new OciLayout(temp.resolve("many"));
    Platform here = Platform.ofThisMachine();
    Descriptor mine = layout.image(here, new Tar().file("a", "here").end());
    Descriptor other =
        layout.image(Platform.parse("linux/riscv64"), new Tar().file("a", "there").end());
    String local = here.os() + "/" + here.architecture();
    Descriptor many = layout.index(other, mine);
    // As buildx and skopeo write it, and as tools do that know no index in an index.
    for (Descriptor[] form :
        new Descriptor[][] {
          {OciLayout.named(many, "ex/many:1")},
          {OciLayout.named(mine, "ex/many:1"), OciLayout.named(other, "ex/many:1")}
        }) {
      layout.holds(form);
      load().succeeds().says("Loaded image: ex/many:1");
      assertEquals(local, platform("ex/many:1"));
      load("--platform", "linux/riscv64").succeeds().says("Loaded image: ex/many:1");
      assertEquals("linux/riscv64", platform("ex/many:1"));
      load("--platform", "linux/s390x").fails("no image for linux/s390x");
      Checks.Ran none = load("--platform", "linux/s390x");
      none.fails("it has ").fails("linux/riscv64").fails(local);
      assertEquals("linux/riscv64", platform("ex/many:1"), "a load that fails changes nothing");
      checks.davit("image", "prune", "-af").succeeds();
    }
    // What docker saves of an image of which one platform is there: the index names all of them.
    Files.delete(temp.resolve("many/blobs/sha256/" + mine.digest().hex()));
    layout.holds(OciLayout.named(many, "ex/many:1"));
    Checks.Ran absent = load();
    absent.fails("it has linux/riscv64: load");
    load("--platform", "linux/riscv64").succeeds();
    // One image for another machine is taken where no platform is asked for.
    checks.davit("image", "prune", "-af").succeeds();
    layout.holds(OciLayout.named(other, "ex/other:1"));
    load().succeeds().says("ex/other:1");
    load("--platform", local).fails("no image for " + local);
    Path archive = temp.resolve("other.tar");
    checks.davit("save", "-o", archive.toString(), "ex/other:1").succeeds();
    checks.davit("load", "--platform", local, "-i", archive.toString()).fails("no image for");
    checks.davit("load", "--platform", local, "-i", archive().toString()).succeeds();
    checks
        .davit("load", "--platform", "linux/riscv64", "-i", archive().toString())
        .fails("and not for linux/riscv64");
    checks.davit("load", "--platform", "a/b/c/d", "-i", archive.toString()).fails("a/b/c/d");
  }

  @Test
  @Intent("[images] ImagesAfterImageRemoved")
  void imagesListsContainersWhoseImageHasNoNameAnyMore() throws Exception {
    checks.davit("load", "-q", "-i", archive().toString()).succeeds();
    checks.davit("up", "-d", "plain").succeeds();
    String before = checks.davit("images", "-q").succeeds().out();
    checks.davit("images").says("images-plain-1").says("example/box");
    checks.davit("rmi", "-f", "example/box:1").succeeds();
    assertFalse(checks.davit("image", "ls").out().contains("example/box"));
    checks.davit("images").succeeds().says("images-plain-1").says("example/box");
    assertEquals(before, checks.davit("images", "-q").out());
    checks.davit("container", "exec", "images-plain-1", "sh", "-c", "true").succeeds();
    checks.davit("down", "-v").succeeds();
  }

  @Test
  void imageThatIsOnlyMountedIsInUse() throws Exception {
    checks.davit("load", "-q", "-i", archive().toString()).succeeds();
    checks.file(
        """
        name: images
        services:
          host:
            image: davit/host
            command: [sleep, "1000"]
            init: true
            volumes: [{type: image, source: "example/box:1", target: /of-image}]
        """);
    checks.davit("up", "-d").succeeds();
    checks.davit("exec", "-T", "host", "cat", "/of-image/data/seed").says("a seed");
    String format = "{{.Type}} {{.TotalCount}} {{.Active}}";
    checks.davit("df", "--format", format).succeeds().says("Images 1 1\n");
    checks.davit("rmi", "example/box:1").fails("in use by container \"images-host-1\"");
    checks.davit("image", "prune", "-af").succeeds();
    checks.davit("image", "ls").says("example/box");
    checks.davit("down").succeeds();
    checks.davit("df", "--format", format).succeeds().says("Images 1 0\n");
    checks.davit("image", "prune", "-af").succeeds().says("deleted: sha256:");
  }

  @Test
  void whatDfSaysIsWhatDuCounts() throws Exception {
    checks.davit("load", "-q", "-i", archive().toString()).succeeds();
    checks
        .davit("container", "run", "--name", "du", "-u", "0", "example/box:1", "echo > a; ln a b")
        .succeeds();
    String shown = checks.davit("df", "--format", "{{.Bytes}}").out();
    java.util.List<Long> bytes = shown.lines().map(Long::parseLong).toList();
    var du = new ProcessBuilder("du", "-s", "--block-size=1", checks.root().toString()).start();
    String said = new String(du.getInputStream().readAllBytes(), UTF_8);
    assertEquals(said.split("\t", -1)[0], bytes.getLast().toString());
    assertEquals(bytes.getLast(), bytes.subList(0, 4).stream().mapToLong(Long::longValue).sum());
  }

  // Another implementation of the same formats reads what is written here, and is read here.
  @Test
  void skopeoReadsArchivesAndItsArchivesAreTheSameImage() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/skopeo")), "needs skopeo");
    checks.davit("load", "-q", "-i", archive().toString()).succeeds();
    Path saved = temp.resolve("saved.tar");
    checks.davit("save", "-o", saved.toString(), "example/box:1").succeeds();
    for (String from : java.util.List.of("oci-archive", "docker-archive")) {
      for (String form : java.util.List.of("oci", "oci-archive", "docker-archive")) {
        Path copy = temp.resolve(from + "-" + form);
        skopeo("copy", from + ":" + saved, form + ":" + copy + ":example/copy:1");
        checks.davit("load", "-i", copy.toString()).succeeds().says("example/copy:1");
        // From one format to the other skopeo writes another config, with the same layers.
        boolean isKept = from.startsWith("oci") == form.startsWith("oci");
        String seen = isKept ? "{{.Id}}" : "{{.RootFS.Layers}} {{.Config.Env}} {{.Config.Cmd}}";
        assertEquals(
            checks.davit("image", "inspect", "-f", seen, "example/box:1").out(),
            checks.davit("image", "inspect", "-f", seen, "example/copy:1").out(),
            from + " to " + form);
        checks.davit("rmi", "example/copy:1").succeeds();
      }
    }
    checks.davit("image", "verify", "--all").succeeds();
  }

  private static void skopeo(String... words) throws Exception {
    var all = new java.util.ArrayList<>(java.util.List.of("/usr/bin/skopeo", "--insecure-policy"));
    all.addAll(java.util.List.of(words));
    var process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private int layers(String image) throws Exception {
    Path file = temp.resolve("layers.tar");
    checks.davit("save", "-o", file.toString(), image).succeeds();
    var count = new int[1];
    try (var in = Files.newInputStream(file)) {
      dev.davit.archive.TarFiles.read(
          in,
          new dev.davit.archive.TarFiles.Visitor() {
            @Override
            public void file(String name, long size, java.io.InputStream content)
                throws IOException {
              if (name.equals("manifest.json")) {
                String text = new String(content.readAllBytes(), UTF_8);
                count[0] = text.split("blobs/sha256", -1).length - 2;
              }
            }

            @Override
            public void link(String name, String target) {}
          });
    }
    return count[0];
  }
}
