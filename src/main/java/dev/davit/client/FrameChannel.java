package dev.davit.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Frames over a socket. Any thread may send; one thread reads.
public final class FrameChannel implements AutoCloseable {
  private static final int HEADER = 5;

  private final SocketChannel channel;
  private final Object sending = new Object();
  private ByteBuffer received = ByteBuffer.allocate(32 * 1024).limit(0);

  public FrameChannel(SocketChannel channel) {
    this.channel = channel;
  }

  /// Sends a frame with `length` bytes of `payload` from `offset`; waits while the peer is slow.
  public void send(int type, byte[] payload, int offset, int length) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(HEADER + length);
    frame.put((byte) type).putInt(length).put(payload, offset, length).flip();
    synchronized (sending) {
      while (frame.hasRemaining()) {
        channel.write(frame);
      }
    }
  }

  public void send(int type, byte[] payload) throws IOException {
    send(type, payload, 0, payload.length);
  }

  /// Sends a frame whose payload is `numbers`.
  public void send(int type, int... numbers) throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(4 * numbers.length);
    for (int number : numbers) {
      payload.putInt(number);
    }
    send(type, payload.array());
  }

  /// Waits for the next frame; throws [EOFException] when the peer has closed.
  public Frame read() throws IOException {
    fill(HEADER);
    int type = received.get();
    int length = received.getInt();
    if (length < 0 || length > Frame.LIMIT) {
      throw new IOException("frame of " + length + " bytes");
    }
    fill(length);
    byte[] payload = new byte[length];
    received.get(payload);
    return new Frame(type, payload);
  }

  private void fill(int needed) throws IOException {
    if (received.remaining() >= needed) {
      return;
    }
    if (received.capacity() < needed) {
      received = ByteBuffer.allocate(needed).put(received);
    } else {
      received.compact();
    }
    while (received.position() < needed) {
      if (channel.read(received) < 0) {
        throw new EOFException("connection closed");
      }
    }
    received.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
