package dev.davit.transfer;

/// Adds up what several threads transfer, and tells it in steps that somebody can see.
final class Counter {
  private static final int STEPS = 200;

  private final long total;
  private final Meter meter;
  private long done;
  private long told = -1;

  /// @param total bytes of everything, known before the first is transferred
  Counter(long total, Meter meter) {
    this.total = total;
    this.meter = meter;
    add(0);
  }

  /// Bytes that have not been transferred.
  synchronized long left() {
    return Math.max(0, total - done);
  }

  /// @param bytes more than before, or fewer where something is begun anew
  synchronized void add(long bytes) {
    done += bytes;
    long step = total == 0 ? STEPS : done * STEPS / total;
    if (step != told) {
      told = step;
      meter.at(done, total);
    }
  }
}
