package dev.davit.netlink;

import java.util.Locale;

/// A base chain of nf_tables with policy accept.
///
/// @param type `filter` or `nat`
/// @param priority lower ones come first
public record Chain(String name, String type, Hook hook, int priority) {
  /// A hook with the kernel's number.
  public enum Hook {
    PREROUTING(0),
    INPUT(1),
    FORWARD(2),
    OUTPUT(3),
    POSTROUTING(4);

    final int number;

    Hook(int number) {
      this.number = number;
    }
  }

  @Override
  public String toString() {
    return "%s { type %s hook %s priority %d; policy accept; }"
        .formatted(name, type, hook.name().toLowerCase(Locale.ROOT), priority);
  }
}
