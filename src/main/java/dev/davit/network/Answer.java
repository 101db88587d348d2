package dev.davit.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What becomes of a DNS query (RFC 1035). Decides only.
sealed interface Answer {
  // A container that was replaced has another address a moment later.
  int TTL = 1;
  int UDP_WITHOUT_EDNS = 512;
  int UDP_LIMIT = 1232;
  Set<String> HOST = Set.of("host.docker.internal", "gateway.docker.internal");
  List<String> REVERSE = List.of(".in-addr.arpa", ".ip6.arpa");

  /// @param limit bytes that the asker takes in one datagram
  record Say(Message message, int limit) implements Answer {
    /// The message as a datagram. Of a name with many addresses it has as many as there is room
    /// for, and says that there are more: some askers never ask by TCP, and take what they get.
    byte[] datagram() {
      byte[] whole = message.toWire();
      List<Record> answers = message.getSection(Section.ANSWER);
      if (whole.length <= limit || answers.isEmpty()) {
        return message.toWire(limit);
      }
      Message part = message.clone();
      part.removeAllRecords(Section.ANSWER);
      part.getHeader().setFlag(Flags.TC);
      int empty = part.toWire().length;
      // All of them are of one name and one type, and so of one length.
      int each = Math.ceilDiv(whole.length - empty, answers.size());
      answers.stream()
          .limit(Math.max(0, (limit - empty) / each))
          .forEach(answer -> part.addRecord(answer, Section.ANSWER));
      return part.toWire();
    }
  }

  /// Somebody else knows.
  record Forward() implements Answer {}

  /// No query at all.
  record Silence() implements Answer {}

  /// What to do about the packet `query` from `asker`.
  static Answer to(byte[] query, Asker asker, Names names, RandomGenerator random) {
    Message message;
    try {
      message = new Message(query);
    } catch (IOException | RuntimeException e) {
      return malformed(query);
    }
    if (message.getHeader().getFlag(Flags.QR)) {
      return new Silence();
    }
    if (message.getHeader().getOpcode() != Opcode.QUERY) {
      return say(message, Rcode.NOTIMP, List.of());
    }
    if (message.getSection(Section.QUESTION).size() != 1) {
      return say(message, Rcode.FORMERR, List.of());
    }
    Record question = message.getQuestion();
    Optional<Answer> known =
        question.getDClass() == DClass.IN
            ? known(message, question, new Lookup(asker, names, random))
            : Optional.empty();
    return known.orElseGet(
        () -> asker.mayAskOutside() ? new Forward() : say(message, Rcode.REFUSED, List.of()));
  }

  /// @param random for the order of replicas
  record Lookup(Asker asker, Names names, RandomGenerator random) {}

  private static Optional<Answer> known(Message query, Record question, Lookup lookup) {
    String name = question.getName().toString(true).toLowerCase(Locale.ROOT);
    if (REVERSE.stream().anyMatch(name::endsWith)) {
      return reverse(query, question, lookup);
    }
    List<Ip> addresses = addresses(name, lookup);
    if (addresses.isEmpty()) {
      return HOST.contains(name)
          ? Optional.of(say(query, Rcode.NXDOMAIN, List.of()))
          : Optional.empty();
    }
    var records = new ArrayList<Record>();
    for (Ip address : addresses) {
      int type = address.isIpv6() ? Type.AAAA : Type.A;
      if (question.getType() == type || question.getType() == Type.ANY) {
        records.add(record(question.getName(), address));
      }
    }
    Collections.shuffle(records, java.util.Random.from(lookup.random));
    return Optional.of(say(query, Rcode.NOERROR, records));
  }

  private static List<Ip> addresses(String name, Lookup lookup) {
    Asker asker = lookup.asker;
    if (HOST.contains(name)) {
      return asker.host();
    }
    String meant = asker.aliases().getOrDefault(name, name);
    List<Ip> others = lookup.names.find(asker.networks(), meant);
    return others.isEmpty() && asker.hostnames().contains(name) ? asker.addresses() : others;
  }

  private static Record record(Name name, Ip address) {
    return address.isIpv6()
        ? new AAAARecord(name, DClass.IN, TTL, address.toInet())
        : new ARecord(name, DClass.IN, TTL, address.toInet());
  }

  private static Optional<Answer> reverse(Message query, Record question, Lookup lookup) {
    try {
      Ip address = Ip.of(ReverseMap.fromName(question.getName()).getAddress());
      Optional<String> name = lookup.names.find(lookup.asker.networks(), address);
      if (name.isEmpty() || question.getType() != Type.PTR) {
        return name.map(any -> say(query, Rcode.NOERROR, List.of()));
      }
      Name target = Name.fromString(name.get(), Name.root);
      var record = new PTRRecord(question.getName(), DClass.IN, TTL, target);
      return Optional.of(say(query, Rcode.NOERROR, List.of(record)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /// The failure `code` as the answer to `query`, which may be garbage.
  static Answer failure(byte[] query, int code) {
    try {
      return say(new Message(query), code, List.of());
    } catch (IOException | RuntimeException e) {
      return malformed(query);
    }
  }

  private static Answer say(Message query, int code, List<Record> records) {
    var message = new Message(query.getHeader().getID());
    Header header = message.getHeader();
    header.setFlag(Flags.QR);
    header.setFlag(Flags.RA);
    header.setOpcode(query.getHeader().getOpcode());
    header.setRcode(code);
    if (query.getHeader().getFlag(Flags.RD)) {
      header.setFlag(Flags.RD);
    }
    if (!query.getSection(Section.QUESTION).isEmpty()) {
      message.addRecord(query.getQuestion(), Section.QUESTION);
    }
    records.forEach(record -> message.addRecord(record, Section.ANSWER));
    OPTRecord options = query.getOPT();
    if (options == null) {
      return new Say(message, UDP_WITHOUT_EDNS);
    }
    message.addRecord(new OPTRecord(UDP_LIMIT, 0, 0), Section.ADDITIONAL);
    int limit = Math.clamp(options.getPayloadSize(), UDP_WITHOUT_EDNS, UDP_LIMIT);
    return new Say(message, limit);
  }

  private static Answer malformed(byte[] query) {
    boolean isQuery = query.length >= Header.LENGTH && (query[2] & 0x80) == 0;
    if (!isQuery) {
      return new Silence();
    }
    var message = new Message(((query[0] & 0xff) << 8) | (query[1] & 0xff));
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setRcode(Rcode.FORMERR);
    return new Say(message, UDP_WITHOUT_EDNS);
  }
}
