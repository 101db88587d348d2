package dev.davit.faults;

import dev.davit.faults.FaultyEngine.Ran;
import dev.davit.image.Descriptor;
import dev.davit.image.Platform;
import dev.davit.test.LocalRegistry;
import dev.davit.test.OciLayout;
import dev.davit.test.Tar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A command that brings an image.
///
/// @param image its name
/// @param argv the command
record ImageTrial(String name, String image, List<String> argv) implements Trial {

  static ImageTrial load(Path directory) throws IOException {
    Path archive = directory.resolve("image.tar");
    String image = "faults.example/loaded:1";
    var layout = new OciLayout(directory.resolve("layout-load"));
    layout.archive(made(layout, 1), archive, image);
    return new ImageTrial("load", image, List.of("image", "load", "-i", archive.toString()));
  }

  static ImageTrial pull(Path directory, LocalRegistry registry) {
    String image = registry.domain() + "/pulled:1";
    var layout = new OciLayout(directory.resolve("layout-pull"));
    layout.push(made(layout, 2), image);
    return new ImageTrial("pull", image, List.of("image", "pull", image));
  }

  private static Descriptor made(OciLayout layout, int seed) {
    return layout.image(Platform.ofThisMachine(), layer(seed * 10), layer(seed * 10 + 1));
  }

  private static byte[] layer(int seed) {
    var random = new Random(seed);
    var tar = new Tar();
    byte[] content = new byte[20_000];
    for (int i = 0; i < 4; i++) {
      random.nextBytes(content);
      tar.file("layer%d/directory%d/file%d".formatted(seed, i / 2, i), content);
    }
    return tar.end();
  }

  @Override
  public void setUp(Bench bench) {
    bench.davit(argv.toArray(String[]::new)).succeeds();
    bench.davit("image", "rm", image).succeeds();
    bench.callThisEmpty();
  }

  @Override
  public void prepare(Bench bench) {}

  @Override
  public void act(Bench bench, String order) throws Exception {
    bench.engine().order(order);
    bench.davit(argv.toArray(String[]::new));
  }

  @Override
  public List<String> afterDeath(Bench bench) {
    return whole(bench);
  }

  private static List<String> whole(Bench bench) {
    Ran ran = bench.davit("image", "verify", "--all");
    return ran.code() == 0
        ? List.of()
        : List.of("the store is not whole: " + ran.out() + ran.err());
  }

  @Override
  public List<String> again(Bench bench) {
    var wrong = new ArrayList<String>();
    Ran ran = bench.davit(argv.toArray(String[]::new));
    if (ran.code() != 0) {
      wrong.add("the command again: exit code " + ran.code() + ": " + ran.err());
    }
    wrong.addAll(whole(bench));
    String listed = bench.davit("image", "ls", "--format", "{{.Repository}}:{{.Tag}}").out();
    if (listed.lines().filter(image::equals).count() != 1) {
      wrong.add("listed: " + listed);
    }
    return wrong;
  }

  @Override
  public List<String> cleanUp(Bench bench) {
    var wrong = new ArrayList<String>();
    Ran ran = bench.davit("image", "rm", image);
    if (ran.code() != 0) {
      wrong.add("image rm: exit code " + ran.code() + ": " + ran.err());
    }
    wrong.addAll(bench.left());
    return wrong;
  }
}
