package dev.davit.image;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What an image runs on: `linux/arm/v7`, in the normal form of containerd, where `arm64/v8` and
/// `amd64/v1` have no variant and `arm` is `arm/v7`.
///
/// @param variant empty for the usual one
public record Platform(String os, String architecture, String variant) {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}");
  private static final List<String> SYSTEMS =
      List.of("linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "solaris", "wasi");

  public Platform {
    os = os.toLowerCase(Locale.ROOT);
    String given = architecture.toLowerCase(Locale.ROOT);
    variant = normalVariant(given, variant.toLowerCase(Locale.ROOT));
    architecture = normalArchitecture(given);
  }

  private static String normalArchitecture(String architecture) {
    return switch (architecture) {
      case "x86_64", "x86-64" -> "amd64";
      case "aarch64" -> "arm64";
      case "armhf", "armel" -> "arm";
      case "i386", "i486", "i586", "i686" -> "386";
      default -> architecture;
    };
  }

  private static String normalVariant(String architecture, String variant) {
    String full = variant.matches("\\d") ? "v" + variant : variant;
    return switch (architecture) {
      case "aarch64", "arm64" -> full.equals("v8") ? "" : full;
      case "amd64", "x86_64", "x86-64" -> full.equals("v1") ? "" : full;
      case "armel" -> "v6";
      case "armhf" -> "v7";
      case "arm" -> full.isEmpty() ? "v7" : full;
      default -> full;
    };
  }

  /// What this process runs on.
  public static Platform ofThisMachine() {
    return new Platform("linux", System.getProperty("os.arch"), "");
  }

  /// `os`, `architecture`, `os/architecture` or `os/architecture/variant`; what is missing is this
  /// machine's.
  public static Platform parse(String text) {
    List<String> words = List.of(text.split("/", -1));
    if (words.size() > 3 || !words.stream().allMatch(word -> WORD.matcher(word).matches())) {
      throw new DavitException(
              Kind.INVALID,
              "invalid platform \"%s\"".formatted(text),
              "write it as os/architecture[/variant], such as linux/arm64")
          .about(Culprit.of(Part.IMAGE));
    }
    Platform here = ofThisMachine();
    if (words.size() == 1) {
      String word = words.getFirst();
      return SYSTEMS.contains(word.toLowerCase(Locale.ROOT))
          ? new Platform(word, here.architecture, here.variant)
          : new Platform(here.os, word, "");
    }
    return new Platform(words.get(0), words.get(1), words.size() == 3 ? words.get(2) : "");
  }

  /// How well what is made for `offered` runs on this, 0 being best; empty where it does not.
  public OptionalInt rank(Platform offered) {
    int at = runs().indexOf(offered);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
  }

  /// Whether what is made for `offered` runs on this.
  public boolean matches(Platform offered) {
    return rank(offered).isPresent();
  }

  // As containerd's platforms.Only: the same, then what an older or smaller processor runs.
  private List<Platform> runs() {
    var runs = new ArrayList<Platform>();
    runs.add(this);
    switch (architecture) {
      case "amd64" -> {
        older(runs, "amd64", number(1));
        runs.add(new Platform(os, "386", ""));
      }
      case "arm64" -> {
        older(runs, "arm64", number(8));
        runs.add(new Platform(os, "arm", "v8"));
        older(runs, "arm", 8);
      }
      case "arm" -> older(runs, "arm", number(7));
      default -> {}
    }
    return runs;
  }

  private int number(int usual) {
    return variant.matches("v\\d") ? variant.charAt(1) - '0' : usual;
  }

  private void older(List<Platform> runs, String of, int newest) {
    int oldest =
        switch (of) {
          case "arm" -> 5;
          case "arm64" -> 8;
          default -> 1;
        };
    for (int number = newest - 1; number >= oldest; number--) {
      runs.add(new Platform(os, of, "v" + number));
    }
  }

  Map<String, Object> json() {
    return Json.map("architecture", architecture, "os", os, "variant", variant);
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
