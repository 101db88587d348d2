package dev.davit.compose.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Whatever becomes of the files of a project: they load, print, load again as the same and can be
/// planned, or what is wrong is said to a person. The same mutations each time;
/// `-Dfuzz.rounds=1000` makes more of them, `-Dfuzz.seed=7` others.
class MutationTest {
  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1);
  private static final int SEED = Integer.getInteger("fuzz.seed", 0);

  // One in so many samples is mutated, so that the test takes seconds.
  private static final int SHARE = 4;
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Map<String, String> ENV = Map.of("HOME", "/root", "TAG", "1");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> samplesThemselves() {
    return numbered(1, this::run);
  }

  @TestFactory
  Stream<DynamicTest> mutatedTexts() {
    return numbered(
        ROUNDS > 1 ? 1 : SHARE,
        (sample, number) -> {
          for (int round = 0; round < ROUNDS; round++) {
            var random = random(sample, round);
            String file = file(sample, random);
            String text = new TextMutation(random).of(sample.files().get(file));
            run(sample.with(file, text), number);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> mutatedTrees() {
    return numbered(
        ROUNDS > 1 ? 1 : SHARE,
        (sample, number) -> {
          for (int round = 0; round < ROUNDS; round++) {
            var mutation = new TreeMutation(random(sample, round));
            String text = sample.files().get(sample.main());
            mutation.of(text).ifPresent(it -> run(sample.with(sample.main(), it), number));
          }
        });
  }

  private interface Body {
    void run(Sample sample, int number);
  }

  private static Stream<DynamicTest> numbered(int share, Body body) {
    List<Sample> samples = Sample.all();
    return IntStream.range(0, samples.size())
        .filter(i -> (i + SEED) % share == 0)
        .mapToObj(
            i -> DynamicTest.dynamicTest(samples.get(i).name(), () -> body.run(samples.get(i), i)));
  }

  private static Random random(Sample sample, int round) {
    return new Random(31L * sample.toString().hashCode() + 1_000_003L * SEED + round);
  }

  /// Mostly the main one.
  private static String file(Sample sample, Random random) {
    List<String> names = List.copyOf(sample.files().keySet());
    return random.nextInt(3) > 0 ? sample.main() : names.get(random.nextInt(names.size()));
  }

  private void run(Sample sample, int number) {
    Path project = directory.resolve("p" + number);
    Trial.write(project, sample);
    var trial = new Trial(project, List.of(sample.main()), ENV);
    try {
      Assertions.assertTimeoutPreemptively(LONGEST, trial::run);
    } catch (Throwable e) {
      throw new AssertionError(e.getMessage() + "\n" + sample, e);
    }
  }
}
