package dev.davit.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/// A container's TCP connection to its resolver: queries and answers with their length in front
/// (RFC 1035, 4.2.2), one after the other. All on the resolver's thread.
final class DnsConnection {
  private static final int IDLE_MILLIS = 10_000;

  private final Resolver resolver;
  private final SocketChannel channel;
  private final DnsService service;
  private ByteBuffer in = ByteBuffer.allocate(2 + 512);
  private boolean open = true;

  DnsConnection(Resolver resolver, SocketChannel channel, DnsService service) {
    this.resolver = resolver;
    this.channel = channel;
    this.service = service;
  }

  void start() throws IOException {
    resolver.register(channel, SelectionKey.OP_READ, this::ready);
    resolver.in(IDLE_MILLIS, this::close);
  }

  private void ready(SelectionKey key) {
    try {
      if (channel.read(in) < 0) {
        close();
        return;
      }
      if (in.position() < 2) {
        return;
      }
      int length = in.getShort(0) & 0xffff;
      if (in.capacity() < 2 + length) {
        in = ByteBuffer.allocate(2 + length).put(in.flip());
      }
      if (in.position() >= 2 + length) {
        byte[] query = Arrays.copyOfRange(in.array(), 2, 2 + length);
        in.limit(in.position()).position(2 + length);
        in.compact();
        // One question at a time: a container cannot make the engine hold many of its answers.
        key.interestOps(0);
        service.answer(query, true, reply -> send(key, reply));
      }
    } catch (IOException e) {
      close();
    }
  }

  private void send(SelectionKey key, byte[] reply) {
    var out = ByteBuffer.allocate(2 + reply.length).putShort((short) reply.length).put(reply);
    write(key, out.flip());
  }

  private void write(SelectionKey key, ByteBuffer out) {
    if (!open) {
      return;
    }
    try {
      channel.write(out);
      if (out.hasRemaining()) {
        key.attach((Resolver.Ready) again -> write(again, out));
        key.interestOps(SelectionKey.OP_WRITE);
        return;
      }
      key.attach((Resolver.Ready) this::ready);
      key.interestOps(SelectionKey.OP_READ);
      if (in.position() > 2) {
        ready(key);
      }
    } catch (IOException e) {
      close();
    }
  }

  void close() {
    if (open) {
      open = false;
      service.closed(this);
      Resolver.close(channel);
    }
  }
}
