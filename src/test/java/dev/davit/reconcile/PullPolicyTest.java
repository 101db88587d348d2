package dev.davit.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.image.Image;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullPolicyTest {
  private static Optional<String> cause(String word, Optional<Duration> age) {
    Image sample = World.image("sha256:1", java.util.List.of());
    return PullPolicy.parse(word)
        .cause(
            age.map(
                it ->
                    new Image(
                        sample.id(),
                        sample.names(),
                        sample.config(),
                        sample.lowerdirs(),
                        sample.hostBinds(),
                        sample.created(),
                        World.NOW.minus(it),
                        0)),
            World.NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "always,PT0S,true",
    "missing,PT2400H,false",
    "if_not_present,PT2400H,false",
    "refresh,PT2400H,false",
    "never,PT2400H,false",
    "build,PT2400H,false",
    "daily,PT23H59M,false",
    "daily,PT24H,true",
    "weekly,PT167H,false",
    "weekly,PT168H,true",
    "every_1w2d,PT215H,false",
    "every_1w2d,PT216H,true",
    "every_1h30m5s,PT1H30M4S,false",
    "every_1h30m5s,PT1H30M5S,true",
  })
  void ageDecidesOfWhatIsHere(String word, Duration age, boolean pulled) {
    Optional<String> expected = pulled ? Optional.of("pull_policy " + word) : Optional.empty();
    assertEquals(expected, cause(word, Optional.of(age)));
  }

  @Test
  void whatIsNotHereIsPulledUnlessItNeverIs() {
    assertEquals(Optional.of("not here"), cause("missing", Optional.empty()));
    assertEquals(Optional.of("not here"), cause("daily", Optional.empty()));
    assertEquals(Optional.of("not here"), cause("always", Optional.empty()));
    assertEquals(Optional.empty(), cause("never", Optional.empty()));
    assertEquals(Optional.empty(), cause("build", Optional.empty()));
  }
}
