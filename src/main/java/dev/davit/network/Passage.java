package dev.davit.network;

import dev.davit.linux.Errno;
import dev.davit.linux.SyscallException;
import dev.davit.netlink.BaseChain;
import dev.davit.netlink.Expression;
import dev.davit.netlink.Expression.Cmp;
import dev.davit.netlink.Expression.Counter;
import dev.davit.netlink.Expression.Meta;
import dev.davit.netlink.Expression.MetaKey;
import dev.davit.netlink.Expression.Verdict;
import dev.davit.netlink.Message;
import dev.davit.netlink.Netlink;
import dev.davit.netlink.Nftables;
import dev.davit.netlink.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A way past the forward chains of others that drop what they do not know, as those of ufw and of
/// docker do: in nf_tables one table's "accept" does not outweigh another's "drop". What may pass
/// is still decided by the engine's own rules.
///
/// @param tag the comment of its rules there, so that each engine finds its own
record Passage(Netlink netlink, String tag) {
  private static final String OURS = "dv-";

  /// Opens the way for `bridges` where it is blocked, and closes it where there are none.
  void open(Set<String> bridges) {
    for (BaseChain chain : Nftables.baseChains(netlink)) {
      if (chain.blocksForwarding() && !chain.table().name().equals(tag)) {
        open(chain, prefixes(bridges));
      }
    }
  }

  private static Set<String> prefixes(Set<String> bridges) {
    var prefixes = new TreeSet<String>();
    bridges.forEach(bridge -> prefixes.add(bridge.startsWith(OURS) ? OURS : bridge + '\0'));
    return prefixes;
  }

  private void open(BaseChain chain, Set<String> prefixes) {
    List<Rule> mine =
        Nftables.rules(netlink, chain).stream().filter(rule -> rule.comment().equals(tag)).toList();
    if (mine.size() == 2 * prefixes.size()) {
      return;
    }
    var messages = new ArrayList<Message>();
    mine.forEach(rule -> messages.add(Nftables.deleteRule(chain, rule)));
    for (String prefix : prefixes) {
      messages.add(Nftables.insertRule(chain, accept(MetaKey.IIFNAME, prefix), tag));
      messages.add(Nftables.insertRule(chain, accept(MetaKey.OIFNAME, prefix), tag));
    }
    try {
      netlink.commit(messages);
    } catch (SyscallException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
      // The chain has just gone, and what is not there blocks nothing.
    }
  }

  // Of the form that iptables makes and understands, since the chain may be one of its own.
  private static List<Expression> accept(MetaKey key, String prefix) {
    byte[] bytes = prefix.getBytes(StandardCharsets.US_ASCII);
    byte[] name = prefix.equals(OURS) ? bytes : Arrays.copyOf(bytes, 16);
    return List.of(new Meta(key, 1), new Cmp(1, true, name), new Counter(), new Verdict(true));
  }
}
