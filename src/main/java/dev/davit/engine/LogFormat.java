package dev.davit.engine;

import dev.davit.engine.Logs.LogLine;
import dev.davit.engine.Logs.Stream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A line of docker's `json-file` logs:
/// `{"log":"text\n","stream":"stdout","time":"2026-11-22T04:11:12.123456789Z"}`; before the time
/// may stand `"attrs":{"tag":"web"}`.
final class LogFormat {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter();
  private static final HexFormat HEX = HexFormat.of();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ATTRIBUTES = ",\"attrs\":";
  private static final String CREATED = ",\"time\":\"";
  private static final byte[] HEAD = ascii("{\"log\":\"");
  private static final byte[][] ESCAPES = escapes();

  private LogFormat() {}

  /// What follows the text in each line of one moment and stream.
  ///
  /// @param attributes as [#attributes] gives them
  static byte[] tail(Stream stream, Instant time, String attributes) {
    String text =
        "\",\"stream\":\"%s\"%s,\"time\":\"%s\"}\n"
            .formatted(stream.word(), attributes, TIME.format(time));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// How every line of that time ends, without its newline.
  static byte[] end(Instant time) {
    return ascii(CREATED + TIME.format(time) + "\"}");
  }

  /// What of a line says `attributes`; nothing where there are none.
  static String attributes(Map<String, String> attributes) {
    return attributes.isEmpty() ? "" : ATTRIBUTES + JSON.writeValueAsString(attributes);
  }

  /// Appends what of the line stands before its [#tail]: for `length` bytes of `text`, of which a
  /// newline at their end is one.
  static void encode(LogBatch out, byte[] text, int offset, int length) {
    out.put(HEAD, 0, HEAD.length);
    int end = offset + length;
    for (int plain = offset; plain < end; ) {
      int special = ByteScan.special(text, plain, end);
      out.put(text, plain, special - plain);
      if (special < end && text[special] < 0) {
        // Bytes that are no UTF-8 become U+FFFD, as json-file has it.
        byte[] rest =
            new String(text, special, end - special, StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_8);
        encodeText(out, rest);
        return;
      }
      if (special < end) {
        escape(out, text[special]);
      }
      plain = special + 1;
    }
  }

  private static void encodeText(LogBatch out, byte[] text) {
    int plain = 0;
    for (int i = 0; i < text.length; i++) {
      byte b = text[i];
      if ((b >= 0 && b < 0x20) || b == '"' || b == '\\') {
        out.put(text, plain, i - plain);
        escape(out, b);
        plain = i + 1;
      }
    }
    out.put(text, plain, text.length - plain);
  }

  private static void escape(LogBatch out, byte b) {
    byte[] escaped = ESCAPES[b];
    out.put(escaped, 0, escaped.length);
  }

  private static byte[][] escapes() {
    var escapes = new byte['\\' + 1][];
    for (int b = 0; b < 0x20; b++) {
      escapes[b] = ascii("\\u00" + HEX.toHexDigits((byte) b));
    }
    escapes['\n'] = ascii("\\n");
    escapes['\r'] = ascii("\\r");
    escapes['\t'] = ascii("\\t");
    escapes['"'] = ascii("\\\"");
    escapes['\\'] = ascii("\\\\");
    return escapes;
  }

  /// The line that `json` says; empty where it is torn or no such line.
  static Optional<LogLine> decode(String container, String json) {
    int start = json.indexOf("\"log\":\"");
    if (start < 0) {
      return Optional.empty();
    }
    var text = new StringBuilder();
    int end = unescape(json, start + 7, text);
    Optional<String> stream = value(json, end, "\"stream\":\"");
    // The last: an attribute may be called time.
    int last = json.lastIndexOf(CREATED);
    Optional<String> time = value(json, last, CREATED);
    if (end < 0 || stream.isEmpty() || time.isEmpty()) {
      return Optional.empty();
    }
    boolean whole = !text.isEmpty() && text.charAt(text.length() - 1) == '\n';
    text.setLength(text.length() - (whole ? 1 : 0));
    try {
      return Optional.of(
          new LogLine(
              container,
              stream.get().equals("stderr") ? Stream.STDERR : Stream.STDOUT,
              Instant.parse(time.get()),
              text.toString(),
              !whole,
              attributes(json, end, last)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> attributes(String json, int from, int to) {
    int start = json.indexOf(ATTRIBUTES, from);
    if (start < 0 || start > to) {
      return Map.of();
    }
    var attributes = new TreeMap<String, String>();
    try {
      JSON.readTree(json.substring(start + ATTRIBUTES.length(), to))
          .properties()
          .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asString("")));
    } catch (JacksonException e) {
      return Map.of();
    }
    return attributes;
  }

  private static Optional<String> value(String json, int from, String key) {
    int start = from < 0 ? -1 : json.indexOf(key, from);
    int end = start < 0 ? -1 : json.indexOf('"', start + key.length());
    return end < 0 ? Optional.empty() : Optional.of(json.substring(start + key.length(), end));
  }

  // Returns the index of the closing quote, or -1.
  private static int unescape(String json, int from, StringBuilder out) {
    for (int i = from; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        return i;
      }
      if (c != '\\') {
        out.append(c);
        continue;
      }
      if (++i >= json.length()) {
        return -1;
      }
      char kind = json.charAt(i);
      switch (kind) {
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'u' -> {
          if (i + 4 >= json.length()) {
            return -1;
          }
          out.append((char) HexFormat.fromHexDigits(json, i + 1, i + 5));
          i += 4;
        }
        default -> out.append(kind);
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
