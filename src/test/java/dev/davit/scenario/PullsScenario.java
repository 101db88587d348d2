package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.Containers.WaitCondition;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Platform;
import dev.davit.test.CuttingProxy;
import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import dev.davit.test.LocalRegistry;
import dev.davit.test.LocalRegistry.Options;
import dev.davit.test.OciLayout;
import dev.davit.test.Tar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Images that services want must come from their registry when, and only when, their policy says
/// so.
@Kernel(needs = {"docker-registry", "skopeo"})
@Timeout(180)
class PullsScenario {
  private static final Platform HERE = Platform.ofThisMachine();

  @TempDir private Path temp;
  private Checks checks;
  private LocalRegistry server;
  private OciLayout layout;

  @BeforeEach
  void open() throws Exception {
    server = LocalRegistry.start(Files.createDirectory(temp.resolve("registry")), Options.PLAIN);
    layout = new OciLayout(temp.resolve("layout"));
    checks = new Checks("Pulls");
    layout.push(box("one"), server.domain() + "/box:1");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
    server.close();
  }

  private static byte[] base() {
    return Tar.busybox("sh", "sleep", "cat", "true").end();
  }

  private Descriptor box(String text) throws IOException {
    return layout.image(HERE, base(), new Tar().file("text", text).end());
  }

  private Checks.Ran davit(String... argv) {
    return davit(Map.of(), argv);
  }

  private Checks.Ran davit(Map<String, String> more, String... argv) {
    var env = new java.util.HashMap<>(more);
    env.put("REGISTRY", server.domain());
    return checks.davit(env, argv);
  }

  private Checks.Ran policy(String policy, String... argv) {
    var words = new ArrayList<>(List.of("-f", "policies.yaml"));
    words.addAll(Arrays.asList(argv));
    return davit(Map.of("POLICY", policy), words.toArray(String[]::new));
  }

  private void move(String text) throws IOException {
    layout.push(box(text), server.domain() + "/box:moving");
  }

  private String text() {
    return davit("-p", "policies", "exec", "-T", "fresh", "cat", "/text").succeeds().out();
  }

  @Test
  @Intent("[image_identity_corner] UpDryRunMissingImage")
  void planPullsAnImageOnceAndADryRunNotAtAll() {
    Checks.Ran plan = davit("plan");
    plan.succeeds()
        .says("[] -> #1 image:%s/box:1, PullImage, not here\n".formatted(server.domain()))
        .says("[1,");
    assertEquals(1, plan.out().split("PullImage", -1).length - 1, plan.out());
    davit("--dry-run", "up", "-d").succeeds().says("PullImage");
    davit("--dry-run", "pull").succeeds().says("PullImage");
    assertFalse(davit("image", "ls").out().contains("box"));
  }

  @Test
  void upPullsWhatIsMissingAndRunsIt() throws Exception {
    Checks.Ran up = davit("--progress", "plain", "up", "-d").succeeds();
    assertTrue(up.err().contains(" Image %s/box:1  Pulled".formatted(server.domain())), up.err());
    davit("exec", "-T", "web", "cat", "/text").succeeds().says("one");
    checks.awaiting("pulls-tool-1", WaitCondition.NOT_RUNNING);
    server.close();
    davit("up", "-d").succeeds();
    davit("image", "verify", "--all").succeeds();
  }

  @Test
  @Intent("[image_identity] UpIdempotentContainerdStore")
  void anIndexThatUpHasPulledIsNoReasonToDoAnything() throws Exception {
    Descriptor other = layout.image(Platform.parse("linux/riscv64"), base());
    layout.push(layout.index(other, box("many")), server.domain() + "/box:many");
    davit(Map.of("TAG", "many"), "up", "-d", "web").succeeds();
    String before = davit(Map.of(), "ps", "-aq").out();
    davit(Map.of("TAG", "many"), "plan", "web").succeeds();
    davit(Map.of("TAG", "many"), "up", "-d", "web").succeeds();
    assertEquals(before, davit("ps", "-aq").out());
  }

  @Test
  void imageThatCannotBePulledStopsUpBeforeAnythingIsMade() {
    davit(Map.of("TAG", "2"), "up", "-d").fails("compose.yaml:4").fails("did you mean \"1\"?");
    assertEquals("", davit("ps", "-aq").out());
    davit(Map.of("TAG", "2"), "up", "-d", "--pull", "never").fails("is not here");
  }

  @Test
  @Intent("[compose_run] ComposeRunPullAlways")
  @Intent("[compose_run] ComposeRunQuietPull")
  void policiesAndPullDecideWhenATagIsLookedForAgain() throws Exception {
    move("first");
    policy("missing", "up", "-d").succeeds();
    assertEquals("first", text());
    move("second");
    policy("missing", "up", "-d").succeeds();
    policy("daily", "up", "-d").succeeds();
    policy("every_1h30m", "up", "-d").succeeds();
    policy("never", "up", "-d").succeeds();
    assertEquals("first", text());
    policy("every_0s", "plan").succeeds().says("PullImage, pull_policy every_0s");
    policy("every_0s", "up", "-d").succeeds();
    assertEquals("second", text());
    move("third");
    policy("always", "up", "-d").succeeds();
    assertEquals("third", text());
    move("fourth");
    Checks.Ran quiet =
        policy("missing", "--progress", "plain", "up", "-d", "--pull", "always", "--quiet-pull");
    quiet.succeeds();
    assertFalse(quiet.err().contains("Image"), quiet.err());
    assertTrue(quiet.err().contains("Container"), quiet.err());
    assertEquals("fourth", text());
    move("fifth");
    String[] run = {"run", "--rm", "-T", "--pull", "always", "fresh", "cat", "/text"};
    policy("never", run).succeeds().says("fifth");
    policy("missing", "up", "-d", "--pull", "often").fails("invalid --pull option");
  }

  @Test
  @Intent("[pull] ComposePull")
  @Intent("[pull] PullImagePresentLocally")
  @Intent("[image_identity_corner] PullRefreshWindowExplicitPull")
  void pullBringsWhatIsHereToo() throws Exception {
    move("first");
    layout.push(box("latest"), server.domain() + "/box:latest");
    policy("daily", "pull").succeeds();
    move("second");
    policy("missing", "pull").succeeds();
    policy("missing", "up", "-d").succeeds();
    assertEquals("first", text(), "missing pulls no tag that is here");
    policy("daily", "pull", "-q").succeeds();
    policy("daily", "up", "-d").succeeds();
    assertEquals("second", text());
    Map<String, String> latest = Map.of("TAG", "latest");
    davit(latest, "pull", "web").succeeds();
    Checks.Ran again = davit(latest, "--dry-run", "pull", "--policy", "missing", "web", "tool");
    again.succeeds().says("box:latest, PullImage").says("box:1, PullImage");
    davit("pull", "--include-deps", "web").succeeds();
    Checks.Ran none = davit("--dry-run", "pull", "--policy", "missing");
    assertEquals("", none.succeeds().out());
    assertTrue(none.err().contains("it is here already"), none.err());
    davit("pull", "--policy", "never").fails("invalid --policy option");
    davit("pull", "nothing").fails("no such service");
  }

  @Test
  @Intent("[pull] PullFailure")
  @Intent("[pull] PullIgnoreFailures")
  @Intent("[pull] PullNoImageNameGiven")
  void pullFailsUnlessItMayOrTheImageCanBeBuilt() {
    davit(Map.of("TAG", "2"), "pull").fails("box:2");
    davit(Map.of("TAG", "2"), "pull", "--ignore-pull-failures").succeeds();
    Checks.Ran built = davit("-f", "built.yaml", "pull");
    built.succeeds();
    assertTrue(built.err().contains("\"unnamed\" is not pulled"), built.err());
    assertTrue(
        built.err().contains("must be built from source by running: davit build named"),
        built.err());
    Checks.Ran some = davit("-f", "built.yaml", "--dry-run", "pull", "--ignore-buildable");
    assertFalse(some.succeeds().out().contains("built:1"), some.out());
  }

  @Test
  void pushSendsWhatServicesBuild() throws Exception {
    davit("-f", "built.yaml", "push").fails("is not here");
    davit("-f", "built.yaml", "push", "--ignore-push-failures").succeeds();
    Path archive = temp.resolve("built.tar");
    String name = server.domain() + "/built:1";
    layout.archive(box("built elsewhere"), archive, name);
    davit("load", "-i", archive.toString()).succeeds().says(name);
    davit("-f", "built.yaml", "--dry-run", "push").succeeds().says("PushImage, built by service");
    davit("-f", "built.yaml", "push", "-q").succeeds();
    assertTrue(OciLayout.raw(name).length > 0);
    Checks.Ran none = davit("push").succeeds();
    assertTrue(none.err().contains("nothing is pushed"), none.err());
  }

  @Test
  void containerRunPullsItsImage() {
    String name = server.domain() + "/box:1";
    davit("container", "run", "--rm", "--pull", "never", name, "true").failsWith(125);
    davit("container", "run", "--rm", name, "cat", "/text").succeeds().says("one");
    davit("container", "create", "--name", "made", "--pull", "always", "-q", name).succeeds();
    davit("container", "run", "--rm", server.domain() + "/none:1").failsWith(125);
    davit("container", "run", "--pull", "often", name).failsWith(125);
  }

  @Test
  void ctrlCEndsAPullWithoutALeftover() throws Exception {
    byte[] random = new byte[3_000_000];
    new Random(1).nextBytes(random);
    Descriptor image = layout.image(HERE, base(), new Tar().file("random", random).end());
    layout.push(image, server.domain() + "/large:1");
    try (var proxy = new CuttingProxy(server.domain(), 1_000_000, 1000);
        var pull =
            checks.begin("--progress", "json", "image", "pull", proxy.domain() + "/large:1")) {
      pull.saysOnErr("\"current\"");
      pull.interrupt();
      assertEquals(130, pull.ended().code());
    }
    assertFalse(davit("image", "ls").out().contains("large"));
    davit("image", "verify", "--all").succeeds();
    davit("image", "pull", "-q", server.domain() + "/large:1").succeeds();
    assertEquals(image.digest(), Digest.of(OciLayout.raw(server.domain() + "/large:1")));
  }

  @Test
  void allTagsArePulledAndPushed() throws Exception {
    layout.push(box("two"), server.domain() + "/box:2");
    davit("image", "pull", "-a", server.domain() + "/box").succeeds().says("/box:1").says("/box:2");
    davit("image", "push", "-a", server.domain() + "/box").succeeds().says("2: digest: sha256:");
    davit("image", "pull", "-a", server.domain() + "/box:1").fails("--all-tags");
    davit("image", "pull", "--platform", "linux/s390x", server.domain() + "/box:1")
        .fails("linux/s390x");
    assertNotEquals("", davit("image", "ls", "-q").out());
  }
}
