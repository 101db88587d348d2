package dev.davit.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Stands before a server on 127.0.0.1 and breaks connections that have brought much.
public final class CuttingProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int port;
  private final long most;
  private final AtomicLong brought = new AtomicLong();
  private final AtomicInteger left;
  private final AtomicInteger cuts = new AtomicInteger();

  /// @param to `127.0.0.1:PORT`
  /// @param most bytes that a connection may bring before it is broken
  /// @param times how many are broken; later ones are left alone
  public CuttingProxy(String to, long most, int times) {
    this.port = Integer.parseInt(to.substring(to.indexOf(':') + 1));
    this.most = most;
    this.left = new AtomicInteger(times);
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public String domain() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /// Bytes that went through to clients.
  public long brought() {
    return brought.get();
  }

  /// Connections that were broken.
  public int cuts() {
    return cuts.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> copy(client, there, false));
        Thread.ofVirtual().start(() -> copy(there, client, true));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void copy(Socket from, Socket to, boolean back) {
    byte[] buffer = new byte[8192];
    long count = 0;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        if (back) {
          brought.addAndGet(read);
          count += read;
          if (count > most && left.getAndDecrement() > 0) {
            cuts.incrementAndGet();
            return;
          }
        }
      }
    } catch (IOException gone) {
      // one side has closed
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
