package dev.davit.compose.text;

import dev.davit.error.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// `PATH[:OPTIONS]` of the attribute `tmpfs`, the options those of tmpfs(5).
///
/// @param others what the kernel is given as it is
public record TmpfsText(
    String path, boolean readOnly, OptionalLong size, OptionalInt mode, List<String> others) {

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
      } else if (!option.equals("rw") && !option.equals("ro")) {
        others.add(option);
      }
    }
    return new TmpfsText(parts[0], options.contains("ro"), size, mode, List.copyOf(others));
  }
}
