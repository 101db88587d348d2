package dev.davit.compose.text;

import dev.davit.error.Code;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What a build may use of ssh: `ID` for the caller's agent, or `ID=PATH[,PATH…]` for another
/// agent's socket or for keys.
public record SshText(String id, List<String> paths) {

  public static SshText parse(String text) {
    String[] parts = text.split("=", 2);
    if (parts[0].isBlank() || parts[0].contains(" ")) {
      throw MalformedException.invalid(
          Code.INVALID_KEY_VALUE, "ssh", text, "write default, or ID=PATH of a socket or key");
    }
    boolean agent = parts.length == 1 || parts[1].isBlank();
    return new SshText(parts[0], agent ? List.of() : List.of(parts[1].split(",", -1)));
  }

  /// With each path changed.
  public SshText mapPaths(UnaryOperator<String> change) {
    return new SshText(id, paths.stream().map(change).toList());
  }

  /// As it is written.
  @Override
  public String toString() {
    return paths.isEmpty() ? id : id + paths.stream().collect(Collectors.joining(",", "=", ""));
  }
}
