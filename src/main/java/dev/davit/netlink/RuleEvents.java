package dev.davit.netlink;

import dev.davit.error.DavitException;
import dev.davit.linux.Epoll;
import dev.davit.linux.Fd;
import dev.davit.linux.Pipe;
import dev.davit.linux.Socket;
import dev.davit.linux.SyscallException;

/// Tells of each change of nf_tables in the network namespace in which it was opened, its owner's
/// own changes too. Changes that come fast are told together.
public final class RuleEvents implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RuleEvents.class.getName());
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_NETFILTER = 12;
  private static final int NOOP = 1;
  private static final int ADD_MEMBERSHIP = 1;
  private static final int NFNLGRP_NFTABLES = 7;
  private static final int DATAGRAM = 64 << 10;
  private static final int NEWCHAIN = 3;
  private static final int[] GONE = {2, 5, 8, 11};
  private static final long EVENTS = 1;
  private static final long END = 2;

  private final Fd socket =
      Socket.open(Socket.AF_NETLINK, Socket.SOCK_RAW, NETLINK_NETFILTER, "nf_tables events");
  private final Pipe.Ends end = Pipe.open("end of nf_tables events");
  private final Runnable changed;

  /// @param changed runs on a thread of its own after something was removed or a chain was made
  public RuleEvents(Runnable changed) {
    this.changed = changed;
    // The kernel gives a socket its number with the first message, and sends events to none
    // without.
    byte[] nothing = new Message("noop", NOOP, 0, new byte[0], new Attributes()).encode(0, 0);
    Socket.send(socket, nothing);
    Socket.option(socket, SOL_NETLINK, ADD_MEMBERSHIP, NFNLGRP_NFTABLES);
    Thread.ofPlatform().daemon().name("nft-events").start(this::loop);
  }

  private void loop() {
    try (var epoll = new Epoll()) {
      epoll.add(socket, Epoll.IN, EVENTS);
      epoll.add(end.read(), Epoll.IN, END);
      while (epoll.await().stream().noneMatch(ready -> ready.token() == END)) {
        if (drain()) {
          tell();
        }
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "changes of nf_tables are not seen any more", e);
    } finally {
      socket.close();
      end.read().close();
    }
  }

  private void tell() {
    try {
      changed.run();
    } catch (DavitException e) {
      LOG.log(System.Logger.Level.WARNING, "nf_tables: {0}", e.getMessage());
    }
  }

  /// Whether one of the events that wait matters.
  private boolean drain() {
    boolean matters = false;
    while (true) {
      try {
        byte[] datagram = Socket.receive(socket, DATAGRAM, false);
        if (datagram.length == 0) {
          return matters;
        }
        matters |= Reply.parse(datagram).stream().anyMatch(RuleEvents::matters);
      } catch (SyscallException e) {
        matters = true; // There were more than the socket could hold.
      }
    }
  }

  private static boolean matters(Reply event) {
    int kind = event.type() & 0xff;
    for (int gone : GONE) {
      if (kind == gone) {
        return true;
      }
    }
    return kind == NEWCHAIN;
  }

  @Override
  public void close() {
    end.write().close();
  }
}
