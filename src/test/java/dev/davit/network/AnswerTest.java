package dev.davit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AnswerTest {
  private static final Names NAMES =
      Names.of(
          Stream.concat(
                  Stream.of(sandbox("db", "back", "10.0.1.9")),
                  IntStream.range(2, 102)
                      .mapToObj(i -> sandbox("web-" + i, "front", "10.0.0." + i)))
              .toList());
  private static final Asker ASKER =
      new Asker(
          List.of("front-id"),
          List.of("me"),
          List.of(Ip.parse("10.0.0.200"), Ip.parse("fd00::200")),
          List.of(Ip.parse("10.0.0.1"), Ip.parse("fd00::1")),
          true,
          Map.of("store", "web-7"),
          List.of());
  private static final Asker INSIDE =
      new Asker(List.of("front-id"), List.of(), List.of(), List.of(), false, Map.of(), List.of());

  private static SandboxState sandbox(String name, String network, String address) {
    var endpoint =
        new Endpoint(
            network + "-id",
            network,
            "eth0",
            places(address),
            "02:00:00:00:00:01",
            List.of(name, "Service"));
    var attachment = new Attachment(endpoint, "dv" + name, false, true, 0, 0, List.of(), Map.of());
    return new SandboxState(
        name, name, true, List.of(), DnsConfig.HOST, List.of(attachment), List.of(), List.of());
  }

  // Each has an IPv6 address too: fd00::7 of 10.0.0.7.
  private static List<Endpoint.Place> places(String address) {
    String six = "fd00::" + address.substring(address.lastIndexOf('.') + 1);
    return List.of(
        new Endpoint.Place(Ip.parse(address), 24, Ip.parse("10.0.0.1")),
        new Endpoint.Place(Ip.parse(six), 64, Ip.parse("fd00::1")));
  }

  private static Answer ask(Asker asker, String name, int type) throws Exception {
    return Answer.to(Peer.query(name, type).toWire(), asker, NAMES, new Random(1));
  }

  private static String said(Asker asker, String name, int type) throws Exception {
    return Peer.print(assertInstanceOf(Answer.Say.class, ask(asker, name, type)).message());
  }

  @Test
  void whoTakesNoMoreGetsAsManyAddressesAsThereIsRoomFor() throws Exception {
    var say = assertInstanceOf(Answer.Say.class, ask(ASKER, "service", Type.A));
    byte[] datagram = say.datagram();
    var part = new Message(datagram);
    assertTrue(datagram.length <= 512, () -> "" + datagram.length);
    assertTrue(part.getHeader().getFlag(Flags.TC));
    int count = part.getSection(Section.ANSWER).size();
    assertTrue(count >= 28, () -> "only " + count);
    assertEquals(100, say.message().getSection(Section.ANSWER).size());
    var few = assertInstanceOf(Answer.Say.class, ask(ASKER, "web-7", Type.A));
    assertEquals("NOERROR [10.0.0.7]", Peer.print(new Message(few.datagram())));
  }

  @Test
  void namesOfSharedNetworksAreAnswered() throws Exception {
    assertEquals("NOERROR [10.0.0.7]", said(ASKER, "web-7", Type.A));
    assertEquals("NOERROR [10.0.0.7]", said(ASKER, "WEB-7.Front", Type.A));
    assertEquals("NOERROR [fd00:0:0:0:0:0:0:7]", said(ASKER, "web-7", Type.AAAA));
    assertEquals("NOERROR []", said(ASKER, "web-7", Type.MX));
    assertEquals("NOERROR [10.0.0.7]", said(ASKER, "Store", Type.A));
    assertEquals("REFUSED []", said(INSIDE, "store", Type.A));
    assertEquals("NOERROR [web-7.]", said(ASKER, "7.0.0.10.in-addr.arpa", Type.PTR));
    String six = "7" + ".0".repeat(29) + ".d.f.ip6.arpa";
    assertEquals("NOERROR [web-7.]", said(ASKER, six, Type.PTR));
    assertEquals("NOERROR [10.0.0.1]", said(ASKER, "host.docker.internal", Type.A));
    assertEquals("NOERROR [fd00:0:0:0:0:0:0:1]", said(ASKER, "host.docker.internal", Type.AAAA));
  }

  @Test
  void aContainerFindsItselfByItsHostname() throws Exception {
    assertEquals("NOERROR [10.0.0.200]", said(ASKER, "Me", Type.A));
    assertEquals("NOERROR [fd00:0:0:0:0:0:0:200]", said(ASKER, "me", Type.AAAA));
    assertEquals("REFUSED []", said(INSIDE, "me", Type.A));
  }

  @Test
  void allElseIsForwardedOrRefused() throws Exception {
    for (String name : List.of("db", "example.org", "9.1.0.10.in-addr.arpa", "x.in-addr.arpa")) {
      assertInstanceOf(Answer.Forward.class, ask(ASKER, name, Type.A));
      assertEquals("REFUSED []", said(INSIDE, name, Type.A));
    }
    assertEquals("NXDOMAIN []", said(INSIDE, "host.docker.internal", Type.A));
  }

  @Test
  void replicasAreShuffled() throws Exception {
    var first = new HashSet<String>();
    var random = new Random(1);
    for (int i = 0; i < 50; i++) {
      byte[] query = Peer.query("service", Type.A).toWire();
      var say = (Answer.Say) Answer.to(query, ASKER, NAMES, random);
      assertEquals(100, say.message().getSection(Section.ANSWER).size());
      first.add(say.message().getSection(Section.ANSWER).getFirst().rdataToString());
    }
    assertTrue(first.size() > 10, first.toString());
  }

  @Test
  void answersTooLongForTheAskerAreTruncated() throws Exception {
    var plain = (Answer.Say) ask(ASKER, "service", Type.A);
    assertEquals(512, plain.limit());
    byte[] wire = plain.message().toWire(plain.limit());
    assertTrue(wire.length <= 512);
    assertTrue(new Message(wire).getHeader().getFlag(Flags.TC));
    Message query = Peer.query("service", Type.A);
    query.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
    var extended = (Answer.Say) Answer.to(query.toWire(), ASKER, NAMES, new Random(1));
    assertEquals(1232, extended.limit());
  }

  @Test
  void answersAreNoQueries() throws Exception {
    Message answer = Peer.query("web-7", Type.A);
    answer.getHeader().setFlag(Flags.QR);
    var reaction = Answer.to(answer.toWire(), ASKER, NAMES, new Random(1));
    assertInstanceOf(Answer.Silence.class, reaction);
  }

  @Test
  void garbageDoesNoHarm() throws Exception {
    var random = new Random(42);
    byte[] good = Peer.query("web-7.front", Type.A).toWire();
    for (int i = 0; i < 20_000; i++) {
      byte[] packet =
          java.util.Arrays.copyOf(good, random.nextInt(10) == 0 ? random.nextInt(60) : good.length);
      for (int flips = random.nextInt(6); flips > 0 && packet.length > 0; flips--) {
        packet[random.nextInt(packet.length)] = (byte) random.nextInt();
      }
      Answer answer = Answer.to(packet, i % 2 == 0 ? ASKER : INSIDE, NAMES, random);
      if (answer instanceof Answer.Say say) {
        assertTrue(say.message().toWire(say.limit()).length <= say.limit());
      }
    }
  }
}
