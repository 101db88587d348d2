package dev.davit.compose.text;

import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// `PATH[:OPTIONS]` of the attribute `tmpfs`, the options those of tmpfs(5).
///
/// @param others what the kernel is given as it is; without [#IGNORED]
public record TmpfsText(
    String path, boolean readOnly, OptionalLong size, OptionalInt mode, List<String> others) {

  /// What docker knows and Davit leaves out.
  public static final Set<String> IGNORED =
      Set.of("atime", "noatime", "relatime", "strictatime", "nostrictatime", "sync", "dirsync");

  private static final List<String> FLAGS =
      List.of("ro", "rw", "dev", "nodev", "exec", "noexec", "suid", "nosuid");
  private static final List<String> VALUES =
      List.of("size", "nr_blocks", "nr_inodes", "mode", "uid", "gid", "huge", "mpol");

  public static TmpfsText parse(String text) {
    String[] parts = text.split(":", 2);
    if (!parts[0].startsWith("/")) {
      throw MalformedException.invalid(Code.INVALID_MOUNT, "tmpfs", text, "begin the path with /");
    }
    OptionalLong size = OptionalLong.empty();
    OptionalInt mode = OptionalInt.empty();
    var others = new ArrayList<String>();
    List<String> options = parts.length == 1 ? List.of() : List.of(parts[1].split(","));
    for (String option : options) {
      if (option.startsWith("size=") && !option.endsWith("%")) {
        size = OptionalLong.of(Bytes.parse(option.substring("size=".length())));
      } else if (option.startsWith("mode=")) {
        mode = OptionalInt.of(Numbers.octal(option.substring("mode=".length())));
      } else if (VALUES.contains(option.replaceFirst("=.*", "")) || FLAGS.contains(option)) {
        others.add(option);
      } else if (!IGNORED.contains(option)) {
        throw unknown(option);
      }
    }
    others.removeAll(List.of("ro", "rw"));
    return new TmpfsText(parts[0], options.contains("ro"), size, mode, List.copyOf(others));
  }

  private static MalformedException unknown(String option) {
    List<String> known = Stream.concat(FLAGS.stream(), VALUES.stream()).toList();
    String help = Suggestion.or(option.replaceFirst("=.*", ""), known, String.join(", ", known));
    return MalformedException.invalid(Code.INVALID_MOUNT, "tmpfs option", option, help);
  }
}
