package dev.davit.artifact;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;

/// The version of the OCI image specification that a manifest keeps to. Only 1.1 has the attribute
/// that says what an artifact is; in 1.0 the media type of its config does.
public enum OciVersion {
  V1_0,
  V1_1;

  /// @param text `1.0` or `1.1`
  public static OciVersion parse(String text) {
    return switch (text) {
      case "1.0" -> V1_0;
      case "1.1" -> V1_1;
      default ->
          throw new DavitException(
              Kind.INVALID, "unsupported OCI version \"" + text + "\"", "write 1.0 or 1.1");
    };
  }
}
