package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Where networks without a subnet of their own get one from: IPv4 ranges and how large a part of
/// each a network gets, the first ones first. The setting of the engine is [#SETTING], as
/// `10.89.0.0/16:20,192.168.128.0/17:24`; Docker's daemon calls it `default-address-pools`.
///
/// @param pools none of them is empty
public record AddressPools(List<Pool> pools) {
  public static final String SETTING = "DAVIT_ADDRESS_POOLS";

  /// Subnets of 4,094 addresses, and of 254 where no such one is left. None is where Docker's own
  /// networks begin, 172.17.0.0/16 to 172.19.0.0/16.
  public static final AddressPools USUAL =
      parse(
          "10.89.0.0/16:20,172.20.0.0/14:20,172.24.0.0/14:20,172.28.0.0/14:20,192.168.128.0/17:20,"
              + "10.89.0.0/16:24,172.20.0.0/14:24,172.24.0.0/14:24,192.168.128.0/17:24");

  /// With fewer addresses a network is of no use.
  private static final int LONGEST = 29;

  public AddressPools {
    pools = List.copyOf(pools);
  }

  /// @param base all of it
  /// @param length of the prefix of the subnets that it is cut into
  public record Pool(Cidr base, int length) {
    public Pool {
      if (base.isIpv6() || length < base.length() || length > LONGEST) {
        throw new DavitException(
            Kind.INVALID,
            "address pool \"%s:%d\" cannot be cut into IPv4 subnets".formatted(base, length),
            "write a range and a prefix length from its own to %d: 10.89.0.0/16:20"
                .formatted(LONGEST));
      }
    }

    Stream<Cidr> subnets() {
      return IntStream.range(0, 1 << (length - base.length()))
          .mapToObj(i -> new Cidr(base.first().plus((long) i << (32 - length)), length));
    }
  }

  /// The pools that `text` lists, the usual ones if it is empty; INVALID if it is something else.
  public static AddressPools parse(String text) {
    if (text.isBlank()) {
      return USUAL;
    }
    var pools = new ArrayList<Pool>();
    for (String each : text.strip().split("\\s*,\\s*", -1)) {
      int colon = each.indexOf(':');
      if (colon < 0 || !each.substring(colon + 1).matches("[0-9]{1,2}")) {
        throw new DavitException(
            Kind.INVALID,
            "%s \"%s\" is no address pool".formatted(SETTING, each),
            "write ranges and prefix lengths: 10.89.0.0/16:20,192.168.128.0/17:24");
      }
      int length = Integer.parseInt(each.substring(colon + 1));
      pools.add(new Pool(Cidr.parse(each.substring(0, colon)), length));
    }
    return new AddressPools(pools);
  }

  /// Every subnet, in the order in which they are given.
  Stream<Cidr> subnets() {
    return pools.stream().flatMap(Pool::subnets);
  }

  /// The ranges.
  @Override
  public String toString() {
    return pools.stream()
        .map(pool -> pool.base().toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
