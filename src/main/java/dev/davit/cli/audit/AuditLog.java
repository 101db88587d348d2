package dev.davit.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who asked for what: a file of lines that its owner alone reads, and three before it. A command
/// never waits for it: what cannot be written is counted, and the count is the next line that can.
public final class AuditLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

  /// Bytes of each file: with what stands in one line, some ten thousand commands.
  public static final long USUAL_SIZE = 4L << 20;

  private static final int WAITING = 4096;
  private static final int FILES = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Path file;
  private final long limit;
  private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final Thread writer;
  private volatile boolean complained;

  /// @param file made with the first line
  /// @param limit bytes of each of the four files
  public AuditLog(Path file, long limit) {
    this.file = file;
    this.limit = limit;
    this.writer = Thread.ofPlatform().daemon().name("audit").start(this::write);
  }

  /// Notes that `caller` has asked for `words`; at once.
  public void asked(Caller caller, List<String> words) {
    note(AuditEntry.of(caller, words, Instant.now()));
  }

  /// Notes that `caller` has been turned away.
  public void refused(Caller caller) {
    AuditEntry entry = AuditEntry.of(caller, List.of(), Instant.now());
    note(
        new AuditEntry(
            entry.time(),
            entry.uid(),
            entry.user(),
            entry.login(),
            entry.pid(),
            List.of(),
            "turned away"));
  }

  private void note(AuditEntry entry) {
    if (!queue.offer(() -> append(entry))) {
      lost.incrementAndGet();
    }
  }

  /// The lines there are, oldest first, those that were noted before this call included.
  public List<AuditEntry> entries() throws IOException {
    flush();
    var entries = new ArrayList<AuditEntry>();
    for (int age = FILES - 1; age >= 0; age--) {
      Path part = part(age);
      if (Files.exists(part)) {
        Files.readAllLines(part, UTF_8).forEach(it -> AuditEntry.parse(it).ifPresent(entries::add));
      }
    }
    return entries;
  }

  private void flush() {
    var written = new CountDownLatch(1);
    try {
      if (queue.offer(written::countDown, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        written.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    try {
      while (true) {
        try {
          queue.take().run();
        } catch (RuntimeException | Error e) {
          LOG.error("a line of the audit log is lost", e);
          lost.incrementAndGet();
        }
      }
    } catch (InterruptedException closed) {
      queue.forEach(Runnable::run);
    }
  }

  private void append(AuditEntry entry) {
    long missing = lost.get();
    try {
      if (missing > 0) {
        String note = missing + " lines before this one could not be written";
        append(new AuditEntry(Instant.now(), 0, "", "", 0, List.of(), note).print());
        lost.addAndGet(-missing);
      }
      append(entry.print());
      complained = false;
    } catch (IOException e) {
      lost.incrementAndGet();
      if (!complained) {
        complained = true;
        LOG.warn("audit log {} cannot be written: {}", file, e.toString());
      }
    }
  }

  // Whole or not at all: on a full disk the beginning of a line may still have had room.
  private void append(String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    if (Files.exists(file) && Files.size(file) + bytes.length > limit) {
      rotate();
    }
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, ownerOnly)) {
      long before = channel.size();
      try {
        var buffer = ByteBuffer.wrap(bytes);
        channel.position(before);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException e) {
        channel.truncate(before);
        throw e;
      }
    }
  }

  private void rotate() throws IOException {
    for (int age = FILES - 1; age > 0; age--) {
      if (Files.exists(part(age - 1))) {
        Files.move(part(age - 1), part(age), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path part(int age) {
    return age == 0 ? file : file.resolveSibling(file.getFileName() + "." + age);
  }

  /// Writes what still waits, as far as that goes within a second.
  @Override
  public void close() {
    flush();
    writer.interrupt();
  }
}
