package dev.davit.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A query on its way to the servers outside, one after the other until one answers. A socket of
/// its own each time and a random id make answers hard to forge. All on the resolver's thread.
final class DnsForward {
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int HEADER = 12;
  private static final int LARGEST = 65535;

  /// @param tcp whether the container asked by TCP, and so shall we
  record Question(Packet query, boolean tcp, List<InetSocketAddress> servers) {
    Question(byte[] query, boolean tcp, List<InetSocketAddress> servers) {
      this(new Packet(query), tcp, servers);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Packet(byte[] bytes) {}

  private final Resolver resolver;
  private final Question question;
  private final Consumer<Optional<byte[]>> done;
  private final short id = (short) ThreadLocalRandom.current().nextInt();
  private int next;
  private @Nullable SelectableChannel channel;
  private Resolver.@Nullable Deadline deadline;
  private ByteBuffer in = ByteBuffer.allocate(0);

  /// @param done gets the answer, or nothing if no server gave one
  DnsForward(Resolver resolver, Question question, Consumer<Optional<byte[]>> done) {
    this.resolver = resolver;
    this.question = question;
    this.done = done;
  }

  void start() {
    release();
    while (next < question.servers.size()) {
      InetSocketAddress server = question.servers.get(next++);
      try {
        if (question.tcp) {
          connect(server);
        } else {
          send(server);
        }
        deadline = resolver.in(PATIENCE_MILLIS, this::start);
        return;
      } catch (IOException e) {
        release();
      }
    }
    done.accept(Optional.empty());
  }

  private void send(InetSocketAddress server) throws IOException {
    var datagrams = DatagramChannel.open();
    channel = datagrams;
    datagrams.configureBlocking(false);
    datagrams.connect(server);
    datagrams.write(outgoing(0));
    in = ByteBuffer.allocate(LARGEST);
    resolver.register(datagrams, SelectionKey.OP_READ, key -> receive(datagrams));
  }

  private void receive(DatagramChannel datagrams) {
    try {
      in.clear();
      datagrams.read(in);
      accept(Arrays.copyOf(in.array(), in.position()));
    } catch (IOException e) {
      start();
    }
  }

  private void connect(InetSocketAddress server) throws IOException {
    var stream = SocketChannel.open();
    channel = stream;
    stream.configureBlocking(false);
    stream.connect(server);
    ByteBuffer out = outgoing(2);
    in = ByteBuffer.allocate(2);
    resolver.register(stream, SelectionKey.OP_CONNECT, key -> proceed(stream, key, out));
  }

  private void proceed(SocketChannel stream, SelectionKey key, ByteBuffer out) {
    try {
      if (key.isConnectable()) {
        stream.finishConnect();
        key.interestOps(SelectionKey.OP_WRITE);
      } else if (key.isWritable()) {
        stream.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
      } else {
        read(stream);
      }
    } catch (IOException e) {
      start();
    }
  }

  private void read(SocketChannel stream) throws IOException {
    if (stream.read(in) < 0) {
      start();
      return;
    }
    if (in.capacity() == 2 && !in.hasRemaining()) {
      in = ByteBuffer.allocate(2 + (in.getShort(0) & 0xffff)).putShort(in.getShort(0));
    }
    if (in.capacity() > 2 && !in.hasRemaining()) {
      accept(Arrays.copyOfRange(in.array(), 2, in.capacity()));
    }
  }

  /// The query with our id, behind its length if it goes by TCP.
  private ByteBuffer outgoing(int before) {
    byte[] query = question.query.bytes;
    var out = ByteBuffer.allocate(before + query.length);
    if (before > 0) {
      out.putShort((short) query.length);
    }
    return out.put(query).putShort(before, id).flip();
  }

  private void accept(byte[] answer) {
    var buffer = ByteBuffer.wrap(answer);
    boolean ours = answer.length >= HEADER && buffer.getShort(0) == id && answer[2] < 0;
    if (!ours) {
      return;
    }
    buffer.putShort(0, ByteBuffer.wrap(question.query.bytes).getShort(0));
    release();
    done.accept(Optional.of(answer));
  }

  private void release() {
    Resolver.close(channel);
    channel = null;
    if (deadline != null) {
      deadline.cancel();
      deadline = null;
    }
  }
}
