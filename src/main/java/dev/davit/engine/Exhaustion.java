package dev.davit.engine;

import dev.davit.engine.Stock.Kind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What may have run out, to judge from how something failed; pure. Errors of the kernel come as
/// their names where Davit made the call, and as what strerror(3) says where the JDK did.
public final class Exhaustion {
  private static final Map<Pattern, Set<Kind>> SIGNS = new LinkedHashMap<>();

  static {
    sign(
        "\\bEAGAIN\\b|Resource temporarily unavailable|unable to create native thread",
        Kind.PROCESSES,
        Kind.CONTAINER_PROCESSES);
    sign("\\bE[MN]FILE\\b|Too many open files", Kind.OPEN_FILES, Kind.ENGINE_FILES);
    sign("\\bENOMEM\\b|Cannot allocate memory|Java heap space", Kind.MEMORY);
    sign(
        "\\bENOSPC\\b|\\bEDQUOT\\b|No space left on device|Disk quota exceeded",
        Kind.DISK,
        Kind.INODES);
  }

  private Exhaustion() {}

  private static void sign(String text, Kind first, Kind... more) {
    SIGNS.put(Pattern.compile(text, Pattern.CASE_INSENSITIVE), EnumSet.of(first, more));
  }

  /// Nothing where it failed for another reason.
  public static Set<Kind> of(Throwable thrown) {
    var kinds = EnumSet.noneOf(Kind.class);
    collect(thrown, kinds, Collections.newSetFromMap(new IdentityHashMap<>()));
    return kinds;
  }

  private static void collect(Throwable thrown, Set<Kind> kinds, Set<Throwable> seen) {
    if (!seen.add(thrown)) {
      return;
    }
    String text = String.valueOf(thrown.getMessage());
    SIGNS.forEach(
        (sign, meant) -> {
          if (sign.matcher(text).find()) {
            kinds.addAll(meant);
          }
        });
    Throwable cause = thrown.getCause();
    if (cause != null) {
      collect(cause, kinds, seen);
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      collect(suppressed, kinds, seen);
    }
  }
}
