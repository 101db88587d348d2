package dev.davit.netlink;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.Socket;
import dev.davit.linux.SyscallException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A netlink socket of the network namespace in which it was opened; any thread may use it. The
/// kernel carries out a request before send(2) returns, so the answers are there afterwards.
public final class Netlink implements AutoCloseable {
  private static final int NETLINK_ROUTE = 0;
  private static final int NETLINK_NETFILTER = 12;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int BUFFER = 4 << 20;
  private static final int DATAGRAM = 64 << 10;

  private final Fd socket;
  private int sequence = 1;
  private boolean closed;

  private Netlink(int protocol, String name) {
    socket = Socket.open(Socket.AF_NETLINK, Socket.SOCK_RAW, protocol, name);
    try {
      Socket.option(socket, SOL_NETLINK, NETLINK_CAP_ACK, 1);
      Socket.option(socket, SOL_NETLINK, NETLINK_EXT_ACK, 1);
      Socket.option(socket, Socket.SOL_SOCKET, Socket.SO_SNDBUFFORCE, BUFFER);
      Socket.option(socket, Socket.SOL_SOCKET, Socket.SO_RCVBUFFORCE, BUFFER);
    } catch (SyscallException e) {
      socket.close();
      throw e;
    }
  }

  /// A socket for the messages of [Rtnetlink].
  public static Netlink route() {
    return new Netlink(NETLINK_ROUTE, "rtnetlink");
  }

  /// A socket for the messages of [Nftables].
  public static Netlink netfilter() {
    return new Netlink(NETLINK_NETFILTER, "nf_tables");
  }

  /// Sends all `messages` at once. The kernel goes on after one that fails; the first failure is
  /// thrown as [SyscallException], the others are suppressed in it.
  ///
  /// @param tolerated errors that are none
  public synchronized void send(List<Message> messages, Errno... tolerated) {
    if (messages.isEmpty()) {
      return;
    }
    int first = sequence;
    sequence += messages.size();
    var datagram = new ByteArrayOutputStream(1024);
    for (int i = 0; i < messages.size(); i++) {
      boolean last = i == messages.size() - 1;
      datagram.writeBytes(messages.get(i).encode(first + i, last ? Message.ACK : 0));
    }
    check(messages, first, exchange(datagram.toByteArray()), Set.copyOf(Arrays.asList(tolerated)));
  }

  /// Sends `messages` as one transaction of nf_tables: all or nothing.
  public synchronized void commit(List<Message> messages) {
    if (messages.isEmpty()) {
      return;
    }
    var batch = new ArrayList<Message>(messages.size() + 2);
    batch.add(Nftables.BEGIN);
    batch.addAll(messages);
    batch.add(Nftables.END);
    int first = sequence;
    sequence += batch.size();
    var datagram = new ByteArrayOutputStream(4096);
    for (int i = 0; i < batch.size(); i++) {
      boolean last = i == batch.size() - 2;
      datagram.writeBytes(batch.get(i).encode(first + i, last ? Message.ACK : 0));
    }
    check(batch, first, exchange(datagram.toByteArray()), Set.of());
  }

  /// Sends a request and returns the objects that the kernel answers with; throws as [#send].
  synchronized List<Reply> request(Message message) {
    int first = sequence++;
    List<Reply> replies = exchange(message.encode(first, 0));
    throwFirst(failures(List.of(message), first, replies, Set.of()));
    return replies.stream()
        .filter(reply -> reply.sequence() == first && reply.type() > Reply.DONE)
        .toList();
  }

  private List<Reply> exchange(byte[] datagram) {
    if (closed) {
      throw new IllegalStateException(socket + " is closed");
    }
    while (Socket.receive(socket, DATAGRAM, false).length > 0) {
      // Answers that a failed exchange left unread.
    }
    Socket.send(socket, datagram);
    var replies = new ArrayList<Reply>();
    byte[] received = Socket.receive(socket, DATAGRAM, false);
    while (received.length > 0) {
      replies.addAll(Reply.parse(received));
      received = Socket.receive(socket, DATAGRAM, false);
    }
    return replies;
  }

  private static void check(
      List<Message> messages, int first, List<Reply> replies, Set<Errno> tolerated) {
    throwFirst(failures(messages, first, replies, tolerated));
    if (replies.stream().noneMatch(reply -> reply.type() == Reply.ERROR)) {
      throw new DavitException(
          Kind.INTERNAL, "no answer from the kernel to \"" + messages.getLast() + "\"");
    }
  }

  private static List<SyscallException> failures(
      List<Message> messages, int first, List<Reply> replies, Set<Errno> tolerated) {
    var failures = new ArrayList<SyscallException>();
    for (Reply reply : replies) {
      boolean end = reply.type() == Reply.ERROR || reply.type() == Reply.DONE;
      int index = reply.sequence() - first;
      if (!end || reply.errno() == 0 || index < 0 || index >= messages.size()) {
        continue;
      }
      Errno errno = Errno.of(reply.errno());
      if (!tolerated.contains(errno)) {
        String why = reply.explanation();
        String text = messages.get(index) + (why.isEmpty() ? "" : " (" + why + ")");
        failures.add(new SyscallException(text, errno));
      }
    }
    return failures;
  }

  private static void throwFirst(List<SyscallException> failures) {
    if (!failures.isEmpty()) {
      SyscallException first = failures.getFirst();
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  @Override
  public synchronized void close() {
    // The number may be somebody else's by the second time.
    if (!closed) {
      closed = true;
      socket.close();
    }
  }
}
