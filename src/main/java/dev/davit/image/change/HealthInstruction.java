package dev.davit.image.change;

import dev.davit.image.ImageConfig.Healthcheck;
import dev.davit.image.change.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `HEALTHCHECK [--interval=30s …] CMD …` and `HEALTHCHECK NONE`.
final class HealthInstruction {
  private static final Pattern OPTION = Pattern.compile("--([a-z-]+)=(.*)");
  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|ms|s|m|h)");

  private final Words words;
  private final Word name;
  private final Function<Word, List<String>> command;
  private long interval;
  private long timeout;
  private long startPeriod;
  private long startInterval;
  private int retries;

  /// @param command makes words of what comes behind CMD
  HealthInstruction(Words words, Word name, Function<Word, List<String>> command) {
    this.words = words;
    this.name = name;
    this.command = command;
  }

  Optional<Healthcheck> check() {
    List<Word> given = words.split(name.end());
    int at = 0;
    while (at < given.size() && words.raw(given.get(at)).startsWith("--")) {
      option(given.get(at++));
    }
    if (at == given.size()) {
      throw words.wrong(given.getLast(), "HEALTHCHECK without a test", "write CMD … or NONE");
    }
    Word kind = given.get(at);
    return switch (words.raw(kind).toUpperCase(Locale.ROOT)) {
      case "NONE" -> Optional.of(new Healthcheck(List.of("NONE"), 0, 0, 0, 0, 0));
      case "CMD" -> Optional.of(healthcheck(test(kind)));
      default ->
          throw words.wrong(
              kind, "unknown test \"%s\"".formatted(words.raw(kind)), "write CMD … or NONE");
    };
  }

  private Healthcheck healthcheck(List<String> test) {
    return new Healthcheck(test, interval, timeout, startPeriod, startInterval, retries);
  }

  private List<String> test(Word kind) {
    Word rest = words.rest(kind.end());
    if (rest.start() >= rest.end()) {
      throw words.wrong(kind, "CMD says nothing", "write a command behind it");
    }
    if (!words.raw(rest).startsWith("[")) {
      return List.of("CMD-SHELL", words.raw(rest));
    }
    var test = new ArrayList<>(List.of("CMD"));
    test.addAll(command.apply(rest));
    return test;
  }

  private void option(Word word) {
    Matcher option = OPTION.matcher(words.raw(word));
    if (!option.matches()) {
      throw words.wrong(word, "option without a value", "write --interval=30s");
    }
    String value = option.group(2);
    switch (option.group(1)) {
      case "interval" -> interval = duration(word, value);
      case "timeout" -> timeout = duration(word, value);
      case "start-period" -> startPeriod = duration(word, value);
      case "start-interval" -> startInterval = duration(word, value);
      case "retries" -> {
        if (!value.matches("\\d{1,6}")) {
          throw words.wrong(word, "\"%s\" is no number".formatted(value), null);
        }
        retries = Integer.parseInt(value);
      }
      default ->
          throw words.wrong(
              word,
              "unknown option of HEALTHCHECK",
              "write --interval, --timeout, --start-period, --start-interval or --retries");
    }
  }

  // As Go writes durations, in nanoseconds.
  private long duration(Word word, String text) {
    Matcher part = DURATION.matcher(text);
    int at = 0;
    double nanos = 0;
    while (part.find() && part.start() == at) {
      nanos += Double.parseDouble(part.group(1)) * unit(part.group(2));
      at = part.end();
    }
    if (at != text.length() || at == 0) {
      throw words.wrong(word, "\"%s\" is no duration".formatted(text), "write 30s or 1m30s");
    }
    return (long) nanos;
  }

  private static double unit(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      default -> 3600e9;
    };
  }
}
