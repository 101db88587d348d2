package dev.davit.stored;

/// Why something that was kept cannot be used.
///
/// @param why a clause, as "volume.json is empty"
/// @param format of a later Davit in which it is written, 0 if that is not the reason
/// @param remains what can still be read of it
public record Damage(String why, int format, Remains remains) {
  /// One of which nothing can be read.
  public static Damage of(String why) {
    return new Damage(why, 0, Remains.NOTHING);
  }
}
