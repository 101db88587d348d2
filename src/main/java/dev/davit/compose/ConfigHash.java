package dev.davit.compose;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The hash by which what exists is compared with what the files say. It is a large part of the
/// work of a load and most commands compare nothing, so it is made for the first who asks.
public final class ConfigHash {
  private final Supplier<String> make;

  // Two threads may both make it: they make the same.
  private volatile @Nullable String text;

  public ConfigHash(Supplier<String> make) {
    this.make = make;
  }

  /// In hex.
  public String text() {
    String known = text;
    if (known == null) {
      known = make.get();
      text = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConfigHash it && text().equals(it.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
