package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much of a container's output is kept.
///
/// @param maxSize bytes of a file, 0 without limit
/// @param maxFiles the current one included
/// @param compress whether the older ones are compressed
record LogOptions(long maxSize, int maxFiles, boolean compress) {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kmg]?)b?");
  // As docker's driver local; its json-file keeps everything, until the disk is full.
  private static final LogOptions USUAL = new LogOptions(20L << 20, 5, false);
  private static final String UNLIMITED = "-1";
  // Docker's for json-file and local, which do nothing here.
  private static final Set<String> IDLE =
      Set.of(
          "mode",
          "max-buffer-size",
          "cache-disabled",
          "cache-max-file",
          "cache-max-size",
          "cache-compress");

  private static final Set<String> SIZES = Set.of("max-size", "max-file", "compress");
  // Those of LogAttributes.
  private static final Set<String> ATTRIBUTES =
      Set.of("labels", "labels-regex", "env", "env-regex", "tag");

  /// INVALID for options that docker does not know either.
  static LogOptions of(ContainerConfig.LogConfig config) {
    Map<String, String> options = config.options();
    for (String name : options.keySet()) {
      if (!SIZES.contains(name) && !ATTRIBUTES.contains(name) && !IDLE.contains(name)) {
        throw new DavitException(
            Kind.INVALID,
            "log option \"%s\" is unknown to driver \"%s\"".formatted(name, config.driver()),
            "write max-size, max-file, compress, tag, labels or env");
      }
    }
    Optional<String> size = Optional.ofNullable(options.get("max-size"));
    // Who limits one file without saying how many gets one, from docker.
    int files = size.isPresent() && !config.driver().equals("local") ? 1 : USUAL.maxFiles();
    long maxSize = size.map(LogOptions::bytes).orElse(USUAL.maxSize());
    int maxFiles =
        Optional.ofNullable(options.get("max-file")).map(LogOptions::count).orElse(files);
    return new LogOptions(maxSize, maxFiles, compress(config, maxSize > 0 && maxFiles > 1));
  }

  // As docker: local compresses unless told otherwise, json-file if told so.
  private static boolean compress(ContainerConfig.LogConfig config, boolean older) {
    String usual = Boolean.toString(config.driver().equals("local"));
    String text = config.options().getOrDefault("compress", usual);
    if (!text.matches("true|false")) {
      throw new DavitException(
          Kind.INVALID, "log option compress \"" + text + "\"", "write true or false");
    }
    boolean compress = Boolean.parseBoolean(text);
    if (compress && !older && config.options().containsKey("compress")) {
      throw new DavitException(
          Kind.INVALID,
          "log option compress is true, but there are no older files to compress",
          "write max-file with 2 or more, and max-size with a limit");
    }
    return compress && older;
  }

  /// What of the options has no effect, each as a sentence.
  static List<String> lacks(ContainerConfig.LogConfig config) {
    return new TreeMap<>(config.options())
        .entrySet().stream()
            .filter(option -> IDLE.contains(option.getKey()))
            .filter(option -> !harmless(option.getKey(), option.getValue()))
            .map(option -> "its log is without option \"" + option.getKey() + "\"")
            .toList();
  }

  private static boolean harmless(String name, String value) {
    return name.equals("mode") && value.equals("blocking");
  }

  private static long bytes(String text) {
    if (text.strip().equals(UNLIMITED)) {
      return 0;
    }
    Matcher match = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw new DavitException(
          Kind.INVALID, "log option max-size \"" + text + "\"", "write a size as 10m, or -1");
    }
    int shift =
        switch (match.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          default -> 0;
        };
    return Long.parseLong(match.group(1)) << shift;
  }

  private static int count(String text) {
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw new DavitException(
          Kind.INVALID, "log option max-file \"" + text + "\"", "write a number from 1");
    }
    return Integer.parseInt(text);
  }
}
