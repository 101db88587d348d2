package dev.davit.image;

import java.util.List;

/// Who a process in an image runs as.
///
/// @param groups supplementary groups, without `gid`
/// @param home its home directory, `/` where /etc/passwd names none
public record UserIds(int uid, int gid, List<Integer> groups, String home) {
  public UserIds {
    groups = List.copyOf(groups);
  }
}
