package dev.davit.compose.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// A text becomes one that an absent-minded, a hurried or a hostile author might have written.
record TextMutation(RandomGenerator random) {
  /// What nobody expects where one word was.
  static final List<String> NASTY =
      List.of(
          "",
          "~",
          "null",
          "''",
          "\"\"",
          "[]",
          "{}",
          "-1",
          "0x7fffffffffffffff",
          "99999999999999999999999",
          "1e400",
          "-.inf",
          ".nan",
          "0o777777777777777777777777",
          "true",
          "yes",
          "2026-01-31",
          "22:22",
          "!reset null",
          "!override []",
          "!!binary aGFsbG8=",
          "!unknown x",
          "&a [*a]",
          "*nowhere",
          "<<",
          "${",
          "${A",
          "${A:-${B:-${C}}}",
          "${A:?}",
          "$",
          "$$",
          "${A:-\n}",
          "$A$B",
          "'",
          "\"\\x\"",
          "\"\\0\"",
          "\"\\uD800\"",
          "| ",
          ">-",
          "? a",
          "- - -",
          "a: b: c",
          "@",
          "`",
          "%",
          "#",
          ": ",
          "/",
          "../../../../../..",
          "~/x",
          "a/../../b",
          "C:\\x:/y",
          "//x:y:z:w",
          ":",
          "::",
          "[::1]:80:80",
          "1-99999:1-99999",
          "80-79",
          "0",
          "65536",
          "service:",
          "service:web",
          "container:x",
          "1h-1m",
          "1e9h",
          "-1s",
          "99999999999999999999y",
          "1.5.5m",
          "5kkb",
          "9".repeat(400),
          "x".repeat(5000),
          "\uD83D\uDE00",
          "\u0130\u0131\u00DF",
          "\u202E",
          "\uFEFF",
          "\u0085",
          "\u2028",
          "e\u0301",
          "\0",
          "\u001B[2J");

  private static final List<String> CHARACTERS =
      List.of(
          "\t",
          " ",
          "\n",
          "\r",
          "\r\n",
          "\n\n",
          ":",
          "-",
          "#",
          "'",
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          "&",
          "*",
          "!",
          "|",
          ">",
          "%",
          "@",
          "`",
          "$",
          "\\",
          "\0",
          "\u0007",
          "\uFEFF",
          "\u00A0",
          "\u2028",
          "\uD83D\uDE00",
          "---\n",
          "...\n",
          "<<: ",
          "? ");

  String of(String text) {
    String result = text;
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      result = once(result);
    }
    return result;
  }

  private String once(String text) {
    return switch (random.nextInt(11)) {
      case 0 -> lines(text, lines -> lines.remove(any(lines)));
      case 1 -> lines(text, lines -> lines.add(any(lines), lines.get(any(lines))));
      case 2 -> lines(text, lines -> Collections.swap(lines, any(lines), any(lines)));
      case 3 -> lines(text, this::indent);
      case 4 -> lines(text, this::scalar);
      case 5 -> lines(text, this::key);
      case 6 -> text.substring(0, random.nextInt(text.length() + 1));
      case 7 -> insert(text, pick(CHARACTERS));
      case 8 -> insert(text, pick(NASTY));
      case 9 -> lines(text, this::anchor);
      default -> without(text);
    };
  }

  private interface Edit {
    void of(List<String> lines);
  }

  private static String lines(String text, Edit edit) {
    var lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    edit.of(lines);
    return String.join("\n", lines);
  }

  private void indent(List<String> lines) {
    int line = any(lines);
    String text = lines.get(line);
    List<String> indents = List.of(" " + text, "  " + text, "\t" + text, text.strip(), "- " + text);
    lines.set(line, pick(indents));
  }

  private void scalar(List<String> lines) {
    int line = any(lines);
    String text = lines.get(line);
    int value = Math.max(text.indexOf(": ") + 2, text.indexOf("- ") + 2);
    lines.set(line, text.substring(0, value == 1 ? text.length() : value) + pick(NASTY));
  }

  private void key(List<String> lines) {
    int line = any(lines);
    String text = lines.get(line);
    String key = text.strip().replaceFirst(":.*", "");
    lines.set(line, text.replace(key, pick(NASTY)));
  }

  /// An alias of what is anchored above, or of what it stands in.
  private void anchor(List<String> lines) {
    int anchored = any(lines);
    int alias = any(lines);
    lines.set(anchored, lines.get(anchored).replaceFirst(":( |$)", ": &m "));
    String merge = random.nextBoolean() ? "<<: *m" : ": *m";
    lines.set(alias, lines.get(alias).replaceFirst("\\S.*", "").concat("x" + merge));
    lines.set(alias, lines.get(alias).replace("x<<", "<<"));
  }

  private String insert(String text, String what) {
    int at = random.nextInt(text.length() + 1);
    return text.substring(0, at) + what + text.substring(at);
  }

  private String without(String text) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(20));
    return text.substring(0, from) + text.substring(to);
  }

  private int any(List<String> lines) {
    return random.nextInt(lines.size());
  }

  private String pick(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
