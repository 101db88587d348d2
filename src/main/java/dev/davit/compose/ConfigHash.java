package dev.davit.compose;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
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

  /// SHA-256 of the text.
  public static ConfigHash of(Supplier<String> text) {
    return new ConfigHash(() -> sha256(text.get()));
  }

  /// That of the same thing with variables that its file does not have.
  public ConfigHash with(Map<String, String> variables) {
    return variables.isEmpty() ? this : of(() -> text() + " " + new TreeMap<>(variables));
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
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
