package dev.davit.image;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What content is called: the hash of its bytes, `sha256:…` or `sha512:…`.
public record Digest(Algorithm algorithm, String hex) implements Comparable<Digest> {
  /// The registered algorithms of the OCI image spec.
  public enum Algorithm {
    SHA256("sha256", "SHA-256", 64),
    SHA512("sha512", "SHA-512", 128);

    private final String word;
    private final String java;
    private final Pattern digits;

    Algorithm(String word, String java, int length) {
      this.word = word;
      this.java = java;
      this.digits = Pattern.compile("[0-9a-f]{" + length + "}");
    }

    /// A hash to be fed.
    public MessageDigest hash() {
      try {
        return MessageDigest.getInstance(java);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String toString() {
      return word;
    }
  }

  public Digest {
    if (!algorithm.digits.matcher(hex).matches()) {
      throw invalid(algorithm + ":" + hex);
    }
  }

  /// The digest that `text` is, in the one way it can be written; else `INVALID`.
  public static Digest parse(String text) {
    for (Algorithm algorithm : Algorithm.values()) {
      if (text.startsWith(algorithm.word + ":")) {
        return new Digest(algorithm, text.substring(algorithm.word.length() + 1));
      }
    }
    throw invalid(text);
  }

  /// The sha256 of `bytes`.
  public static Digest of(byte[] bytes) {
    return of(Algorithm.SHA256, Algorithm.SHA256.hash().digest(bytes));
  }

  /// The digest whose hash that is.
  public static Digest of(Algorithm algorithm, byte[] hash) {
    return new Digest(algorithm, HexFormat.of().formatHex(hash));
  }

  /// Whether `bytes` are what it names.
  public boolean names(byte[] bytes) {
    return of(algorithm, algorithm.hash().digest(bytes)).equals(this);
  }

  /// The first twelve digits, as people see ids.
  public String brief() {
    return hex.substring(0, 12);
  }

  private static DavitException invalid(String text) {
    String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    return new DavitException(
        Kind.INVALID,
        "invalid digest \"%s\"".formatted(shown),
        "write sha256: and 64, or sha512: and 128 hexadecimal digits in lower case");
  }

  @Override
  public int compareTo(Digest other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return algorithm.word + ":" + hex;
  }
}
