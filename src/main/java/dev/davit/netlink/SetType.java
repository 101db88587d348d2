package dev.davit.netlink;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;

/// A set of nf_tables, or a map if it has values. Keys and values are concatenations.
public record SetType(String name, List<Field> key, List<Field> value) {
  /// A datatype with nft(8)'s number for it, by which `nft list` prints it.
  public enum Field {
    IPV4_ADDR(7, 4),
    IPV6_ADDR(8, 16),
    ETHER_ADDR(9, 6),
    INET_PROTO(12, 4),
    INET_SERVICE(13, 4),
    IFNAME(41, 16);

    private final int number;
    private final int length;

    Field(int number, int length) {
      this.number = number;
      this.length = length;
    }
  }

  boolean isMap() {
    return !value.isEmpty();
  }

  static int number(List<Field> fields) {
    return fields.stream()
        .mapToInt(field -> field.number)
        .reduce(0, (all, one) -> (all << 6) | one);
  }

  /// In bytes; in a concatenation each field is padded to four.
  static int length(List<Field> fields) {
    return fields.size() == 1
        ? fields.getFirst().length
        : fields.stream().mapToInt(field -> (field.length + 3) / 4 * 4).sum();
  }

  String print(Table table) {
    return "%s %s %s { type %s%s; }"
        .formatted(
            isMap() ? "map" : "set", table, name, print(key), isMap() ? " : " + print(value) : "");
  }

  private static String print(List<Field> fields) {
    return fields.stream()
        .map(field -> field.name().toLowerCase(Locale.ROOT))
        .collect(joining(" . "));
  }
}
