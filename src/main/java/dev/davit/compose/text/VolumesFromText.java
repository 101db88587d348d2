package dev.davit.compose.text;

import dev.davit.error.Code;

/// Whose mounts are taken over: `SERVICE[:ro|rw]` or `container:NAME[:ro|rw]`.
///
/// @param container whether the name is that of a container instead of a service
public record VolumesFromText(String name, boolean container, boolean readOnly) {
  private static final String CONTAINER = "container:";

  public static VolumesFromText parse(String text) {
    boolean container = text.startsWith(CONTAINER);
    String rest = container ? text.substring(CONTAINER.length()) : text;
    String[] parts = rest.split(":", -1);
    boolean valid =
        !parts[0].isBlank()
            && (parts.length == 1 || (parts.length == 2 && parts[1].matches("ro|rw")));
    if (!valid) {
      throw MalformedException.invalid(
          Code.INVALID_LINK,
          "volumes_from",
          text,
          "write SERVICE[:ro|rw] or container:NAME[:ro|rw]");
    }
    return new VolumesFromText(parts[0], container, parts.length == 2 && parts[1].equals("ro"));
  }
}
