package dev.davit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {
  private static List<Challenge> parse(String... headers) {
    return Challenge.parse(List.of(headers));
  }

  @Test
  void bearerWithItsParameters() {
    assertEquals(
        List.of(
            new Challenge(
                "bearer",
                Map.of(
                    "realm", "https://auth.example/token",
                    "service", "registry.example",
                    "scope", "repository:a/b:pull,push"))),
        parse(
            "Bearer realm=\"https://auth.example/token\",service=\"registry.example\","
                + "scope=\"repository:a/b:pull,push\""));
  }

  @Test
  void severalChallengesInOneHeaderAndInSeveral() {
    assertEquals(
        List.of("basic", "bearer", "negotiate", "digest"),
        parse("Basic realm=\"a, b\", Bearer realm=x , service=y,Negotiate", "Digest qop=auth")
            .stream()
            .map(Challenge::scheme)
            .toList());
  }

  @Test
  void quotesMayHaveQuotesInThemAndTokensNoParameters() {
    assertEquals(
        Map.of("realm", "a\"b\\c"), parse("Basic realm=\"a\\\"b\\\\c\"").get(0).parameters());
    assertEquals(
        List.of("negotiate", "basic"),
        parse("Negotiate YWJj==, Basic realm=x").stream().map(Challenge::scheme).toList());
  }

  @Test
  void nonsenseIsNoChallenge() {
    assertEquals(List.of(), parse("", " , ,", "\"", "=x"));
  }
}
