package dev.davit.image.change;

import dev.davit.image.change.Words.Word;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// One instruction of a Dockerfile on a config; those are known that change nothing but the config.
final class Instruction {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LAST_PORT = 65535;
  private static final String KNOWN =
      "write CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME or"
          + " WORKDIR";

  private final String text;
  private final Draft draft;
  private final Words words;
  private final Word name;

  Instruction(String text, Draft draft) {
    this.text = text;
    this.draft = draft;
    // Of before the instruction, whatever it sets.
    this.words = new Words(text, Map.copyOf(draft.env));
    this.name = words.split(0).getFirst();
  }

  void run() {
    String keyword = words.raw(name).toUpperCase(Locale.ROOT);
    if (words.rest(name.end()).start() >= text.length()) {
      throw words.wrong(atEnd(), keyword + " says nothing", "write something behind it");
    }
    switch (keyword) {
      case "CMD" -> {
        draft.cmd = command();
        draft.isCmdGiven = true;
      }
      case "ENTRYPOINT" -> {
        draft.entrypoint = command();
        // The image's command was meant for the entrypoint that it had.
        draft.cmd = draft.isCmdGiven ? draft.cmd : List.of();
      }
      case "ENV" -> pairs(draft.env);
      case "LABEL" -> pairs(draft.labels);
      case "EXPOSE" -> values().forEach(this::expose);
      case "HEALTHCHECK" ->
          draft.healthcheck = new HealthInstruction(words, name, this::command).check();
      case "ONBUILD" -> onBuild();
      case "STOPSIGNAL" -> draft.stopSignal = stopSignal();
      case "USER" -> draft.user = words.value(only());
      case "VOLUME" -> paths().forEach(draft.volumes::add);
      case "WORKDIR" -> draft.workingDir = below(draft.workingDir, words.value(rest()));
      default ->
          throw words.wrong(
              name,
              "\"%s\" is no instruction that changes a config".formatted(words.raw(name)),
              KNOWN);
    }
  }

  private Word rest() {
    return words.rest(name.end());
  }

  private Word atEnd() {
    return new Word(text.length(), text.length());
  }

  private Stream<Word> values() {
    return words.split(name.end()).stream();
  }

  private Word only() {
    List<Word> given = words.split(name.end());
    if (given.size() > 1) {
      throw words.wrong(given.get(1), words.raw(name) + " takes one word", "quote blanks");
    }
    return given.getFirst();
  }

  private List<String> command() {
    return command(rest());
  }

  // ["word", …], or a line for the shell.
  private List<String> command(Word rest) {
    String line = words.raw(rest);
    return line.startsWith("[\"") || line.startsWith("['") || line.matches("\\[\\s*]")
        ? list(rest)
        : Stream.concat(draft.shell.stream(), Stream.of(line)).toList();
  }

  private List<String> list(Word rest) {
    try {
      return List.of(JSON.readValue(words.raw(rest), String[].class));
    } catch (JacksonException e) {
      long offset = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
      int at = Math.clamp(rest.start() + offset, rest.start(), rest.end() - 1);
      throw words.wrong(
          new Word(at, at + 1),
          "list of words that is not JSON",
          "write it as [\"word\", \"word\"], with double quotes");
    }
  }

  private void pairs(Map<String, String> into) {
    List<Word> given = words.split(name.end());
    Word first = given.getFirst();
    if (words.indexOf(first, '=') < 0) {
      // The old form: one name, and all behind it is the value.
      Word value = words.rest(first.end());
      if (value.start() >= value.end()) {
        throw words.wrong(
            atEnd(), "\"%s\" has no value".formatted(words.raw(first)), "write NAME=VALUE");
      }
      into.put(words.value(first), words.value(value));
      return;
    }
    given.forEach(word -> pair(word, into));
  }

  private void pair(Word word, Map<String, String> into) {
    int equals = words.indexOf(word, '=');
    if (equals < 0) {
      throw words.wrong(word, "\"%s\" has no value".formatted(words.raw(word)), "write NAME=VALUE");
    }
    String key = words.value(new Word(word.start(), equals));
    if (key.isEmpty()) {
      throw words.wrong(word, "value without a name", "write NAME=VALUE");
    }
    into.put(key, words.value(new Word(equals + 1, word.end())));
  }

  private void expose(Word word) {
    String value = words.value(word).toLowerCase(Locale.ROOT);
    if (!value.matches("\\d{1,5}(-\\d{1,5})?(/(tcp|udp|sctp))?")) {
      throw words.wrong(
          word, "\"%s\" is no port".formatted(value), "write 80, 53/udp or 8000-8010");
    }
    String[] parts = value.split("/", 2);
    String[] ends = parts[0].split("-", 2);
    int from = Integer.parseInt(ends[0]);
    int to = Integer.parseInt(ends[ends.length - 1]);
    if (from < 1 || to > LAST_PORT || from > to) {
      throw words.wrong(word, "\"%s\" is no port".formatted(value), "ports are 1 to 65535");
    }
    String protocol = parts.length > 1 ? parts[1] : "tcp";
    IntStream.rangeClosed(from, to).forEach(port -> draft.exposedPorts.add(port + "/" + protocol));
  }

  private void onBuild() {
    Word trigger = words.split(name.end()).getFirst();
    String keyword = words.raw(trigger).toUpperCase(Locale.ROOT);
    if (List.of("ONBUILD", "FROM", "MAINTAINER").contains(keyword)) {
      throw words.wrong(trigger, keyword + " cannot be a trigger of ONBUILD", null);
    }
    draft.onBuild.add(words.raw(rest()));
  }

  private @Nullable String stopSignal() {
    Word word = only();
    String value = words.value(word);
    if (!value.matches("\\d{1,2}|[A-Za-z][A-Za-z0-9+-]{0,20}")) {
      throw words.wrong(word, "\"%s\" is no signal".formatted(value), "write SIGTERM or 15");
    }
    return value;
  }

  private Stream<String> paths() {
    Word rest = rest();
    Stream<String> given =
        words.raw(rest).startsWith("[")
            ? list(rest).stream()
            : values().map((Function<Word, String>) words::value);
    return given.map(path -> below("/", path));
  }

  private static String below(String base, String path) {
    return Path.of("/").resolve(base).resolve(path).normalize().toString();
  }
}
