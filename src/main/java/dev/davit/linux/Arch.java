package dev.davit.linux;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;

/// A processor architecture that Davit runs on.
public enum Arch {
  X86_64,
  AARCH64;

  /// The architecture of this machine; throws [DavitException] on any other.
  public static Arch current() {
    String name = System.getProperty("os.arch", "");
    return switch (name) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default ->
          throw new DavitException(
              Kind.UNSUPPORTED,
              "processor \"" + name + "\" is not supported",
              "run davit on x86-64 or aarch64");
    };
  }
}
