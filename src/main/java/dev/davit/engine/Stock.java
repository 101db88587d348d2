package dev.davit.engine;

/// How much of something a machine has, and how much of it is taken.
///
/// @param used in the unit of its kind
/// @param all of it; [Long#MAX_VALUE] without limit
public record Stock(Kind kind, long used, long all) {
  private static final long ENOUGH_MEMORY = 256L << 20;
  private static final long ENOUGH_DISK = 512L << 20;

  /// What machines run out of.
  public enum Kind {
    PROCESSES("process ids", false),
    CONTAINER_PROCESSES("process ids of all containers", false),
    OPEN_FILES("open files", false),
    ENGINE_FILES("open files of the engine", false),
    MEMORY("memory", true),
    DISK("disk", true),
    INODES("inodes", false);

    private final String words;
    private final boolean bytes;

    Kind(String words, boolean bytes) {
      this.words = words;
      this.bytes = bytes;
    }

    public String words() {
      return words;
    }

    /// Whether it is counted in bytes.
    public boolean isBytes() {
      return bytes;
    }
  }

  /// What is left of it.
  public long free() {
    return all == Long.MAX_VALUE ? all : Math.max(0, all - used);
  }

  /// Whether so little is left, 3 %, that what needs some must be expected to fail. Large disks and
  /// much memory are short only where little is left in bytes, too.
  public boolean isShort() {
    long enough =
        switch (kind) {
          case MEMORY -> ENOUGH_MEMORY;
          case DISK -> ENOUGH_DISK;
          default -> Long.MAX_VALUE;
        };
    return all > 0 && free() < Math.min(enough, all / 100 * 3 + 1);
  }
}
