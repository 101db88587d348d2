package dev.davit.content;

import java.util.List;

/// What was looked at, and what is wrong with it.
///
/// @param broken one sentence each
public record Verified(int blobs, int layers, int images, List<String> broken) {
  public Verified {
    broken = List.copyOf(broken);
  }
}
