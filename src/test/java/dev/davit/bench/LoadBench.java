package dev.davit.bench;

import dev.davit.compose.load.ComposeLoader;
import dev.davit.compose.load.LoadRequest;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/// How long Compose files take to become a project, beside SnakeYAML making its own graph of the
/// same text. Both take turns. `bench/load` says the rest.
final class LoadBench {
  private static final int WARM_UP = 10;

  private LoadBench() {}

  /// @param args the directory of the Compose file, rounds
  public static void main(String[] args) throws Exception {
    LoadRequest request = LoadRequest.in(Path.of(args[0]), Map.of());
    String text = Files.readString(Path.of(args[0], "compose.yaml"));
    var loads = new ArrayList<Long>();
    var parses = new ArrayList<Long>();
    for (int round = 0; round < Integer.parseInt(args[1]) + WARM_UP; round++) {
      long load = measure(() -> ComposeLoader.load(request));
      long parse = measure(() -> graph(text));
      if (round >= WARM_UP) {
        loads.add(load);
        parses.add(parse);
      }
    }
    System.out.println(median(loads) + " " + median(parses));
  }

  private static Object graph(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    return new Yaml(options).compose(new StringReader(text));
  }

  /// Microseconds.
  private static long measure(Supplier<Object> work) {
    long from = System.nanoTime();
    if (work.get() == null) {
      throw new IllegalStateException("nothing was made");
    }
    return (System.nanoTime() - from) / 1000;
  }

  private static long median(List<Long> times) {
    Collections.sort(times);
    return times.get(times.size() / 2);
  }
}
