package dev.davit.reconcile;

/// What an operation is about, as people are told.
///
/// @param name as the engine has it: `shop-web-1`, `shop_default`
/// @param key as the Compose file has it: `web:1`, `default`
public record Subject(Kind kind, String name, String key) {
  public enum Kind {
    IMAGE("Image", "image"),
    NETWORK("Network", "network"),
    VOLUME("Volume", "volume"),
    CONTAINER("Container", "service");

    private final String title;
    private final String prefix;

    Kind(String title, String prefix) {
      this.title = title;
      this.prefix = prefix;
    }

    public String title() {
      return title;
    }
  }

  static Subject container(String service, int number, String name) {
    return new Subject(Kind.CONTAINER, name, service + ":" + number);
  }

  /// @param reference as it is written
  public static Subject image(String reference) {
    return new Subject(Kind.IMAGE, reference, reference);
  }

  /// `service:web:1`, `network:default`.
  public String resource() {
    return kind.prefix + ":" + key;
  }

  /// The service of a container; for others the key.
  public String service() {
    int colon = key.lastIndexOf(':');
    return kind == Kind.CONTAINER && colon > 0 ? key.substring(0, colon) : key;
  }

  /// As its output is marked: `web-1`.
  public String shortName() {
    return key.replace(':', '-');
  }

  @Override
  public String toString() {
    return kind.title() + " " + name;
  }
}
