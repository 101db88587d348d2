package dev.davit.compose.text;

import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Short volume syntax `[SOURCE:]TARGET[:OPTIONS]`.
///
/// @param source a path or the name of a volume; empty for an anonymous volume
/// @param bind whether the source is a path
/// @param propagation one of [#PROPAGATIONS]
public record VolumeText(
    String source,
    String target,
    boolean bind,
    boolean readOnly,
    boolean noCopy,
    Optional<String> selinux,
    Optional<String> propagation) {
  public static final List<String> PROPAGATIONS =
      List.of("rprivate", "private", "rshared", "shared", "rslave", "slave");

  /// What Docker Desktop once knew.
  public static final List<String> CONSISTENCIES = List.of("cached", "delegated", "consistent");

  private static final List<String> OPTIONS =
      Stream.of(List.of("ro", "rw", "z", "Z", "nocopy"), CONSISTENCIES, PROPAGATIONS)
          .flatMap(List::stream)
          .toList();

  private static final Pattern PATH = Pattern.compile("[./~].*");

  /// A drive, of which `k:/k` is none: that is a volume and its target.
  private static final Pattern WINDOWS = Pattern.compile("[A-Za-z]:(\\\\.*|/[^:]*:/.*)");

  private static final Pattern WINDOWS_SOURCE = Pattern.compile("[A-Za-z]:[\\\\/].*");

  public static VolumeText parse(String text) {
    if (WINDOWS.matcher(text).matches()) {
      throw ofWindows("volume", text);
    }
    String[] parts = text.split(":", -1);
    if (parts.length > 3) {
      throw invalid(text, "too many colons");
    }
    for (String part : parts) {
      if (part.isBlank()) {
        throw invalid(text, "empty section between colons");
      }
    }
    String source = parts.length == 1 ? "" : parts[0];
    String target = parts.length == 1 ? parts[0] : parts[1];
    if (!target.startsWith("/")) {
      throw new MalformedException(
          Code.INVALID_MOUNT,
          "invalid volume \"" + text + "\": target \"" + target + "\" is not an absolute path",
          "begin the path in the container with /",
          target);
    }
    List<String> options = parts.length == 3 ? List.of(parts[2].split(",", -1)) : List.of();
    check(options);
    return new VolumeText(
        source,
        target,
        PATH.matcher(source).matches(),
        options.contains("ro"),
        options.contains("nocopy"),
        options.stream().filter(it -> it.equalsIgnoreCase("z")).findFirst(),
        options.stream().filter(PROPAGATIONS::contains).findFirst());
  }

  /// The `source` of the long syntax: a path or the name of a volume.
  public static void source(String text) {
    if (WINDOWS_SOURCE.matcher(text).matches()) {
      throw ofWindows("source", text);
    }
  }

  private static MalformedException ofWindows(String what, String text) {
    return new MalformedException(
        Code.INVALID_MOUNT,
        "invalid " + what + " \"" + text + "\": a path of Windows",
        "write a path of this machine, such as ./data",
        text.substring(0, 3));
  }

  private static void check(List<String> options) {
    for (String option : options) {
      if (!OPTIONS.contains(option)) {
        String help = Suggestion.of(option, OPTIONS);
        throw MalformedException.invalid(
            Code.INVALID_MOUNT,
            "volume option",
            option,
            help == null ? "write one of " + String.join(", ", OPTIONS) : help);
      }
    }
  }

  private static MalformedException invalid(String text, String why) {
    return new MalformedException(
        Code.INVALID_MOUNT,
        "invalid volume \"" + text + "\": " + why,
        "write [SOURCE:]TARGET[:OPTIONS]");
  }
}
