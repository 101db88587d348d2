package dev.davit.netlink;

/// A table of nf_tables; prints as nft(8) names it.
public record Table(Family family, String name) {
  @Override
  public String toString() {
    return family.word() + " " + name;
  }
}
