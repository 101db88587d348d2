package dev.davit.image;

import dev.davit.linux.Fd;

/// Users and groups by the files of an image.
@SuppressWarnings("DoNotCallSuggester") // being written
public final class UserLookup {
  private UserLookup() {}

  /// Who `spec` is by /etc/passwd and /etc/group below `root`, by docker's rules: `name`, `uid`,
  /// `name:group`, `uid:gid`, empty for root. `NOT_FOUND` where a name is in neither.
  public static UserIds find(Fd root, String spec) {
    throw new UnsupportedOperationException(root + spec);
  }
}
