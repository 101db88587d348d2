package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import dev.davit.linux.Fd;
import dev.davit.linux.Reader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What a running container writes, on its way to its log. All work is done on the loop's thread.
final class Output {
  private final Means means;
  private final Life life;
  private final List<Source> sources = new ArrayList<>();
  private final Path directory;
  private final String attributes;
  private @Nullable Transcript transcript;

  /// @param life whose log and callers get it
  /// @param attributes what each line of the log says about the container
  Output(Means means, Life life, String attributes) {
    this.means = means;
    this.life = life;
    this.attributes = attributes;
    directory = means.directories().runContainer(life.id());
  }

  EventLoop loop() {
    return means.loop();
  }

  Reader reader() {
    return means.reader();
  }

  String name() {
    return life.name();
  }

  List<Attachment> attachments() {
    return life.attachments();
  }

  /// Whether there is a log at all.
  boolean kept() {
    return life.log().kept();
  }

  /// Whether something of `stream` has been read.
  boolean hasSpool(Stream stream) {
    return Transcript.has(directory, stream);
  }

  /// Made when there is something for it: many containers say nothing.
  Transcript transcript() {
    Transcript made = transcript;
    if (made == null) {
      made = new Transcript(directory, life.log(), attributes, means.reader());
      transcript = made;
    }
    return made;
  }

  /// Appends lines, which end before the position `until` of their stream.
  void append(LogBatch batch, long until) {
    if (!batch.isEmpty()) {
      transcript().append(batch, until);
      life.observe();
    }
  }

  /// Does `work` on the loop's thread after `pause`.
  void later(Duration pause, Runnable work) {
    var _ =
        means
            .timers()
            .after(
                pause,
                () -> {
                  var _ =
                      loop()
                          .call(
                              () -> {
                                work.run();
                                return true;
                              });
                });
  }

  /// Takes `fd`, which must not block and is closed by [#finish]; it is read from [#begin] on.
  void open(Fd fd, Stream stream) {
    synchronized (sources) {
      sources.add(new Source(this, fd, stream));
    }
  }

  /// Reads from now on.
  void begin() {
    var _ =
        loop()
            .call(
                () -> {
                  all().forEach(Source::begin);
                  return true;
                });
  }

  /// Writes what is there still and closes the descriptors; nobody writes to them any more.
  CompletableFuture<Void> finish() {
    return loop()
        .call(
            () -> {
              all().forEach(Source::finish);
              close();
              return null;
            });
  }

  /// Writes what an engine has read that did not see the end of the container.
  CompletableFuture<Void> salvage() {
    for (Stream stream : Stream.values()) {
      if (hasSpool(stream)) {
        open(Fd.placeholder(stream.word()), stream);
      }
    }
    return loop()
        .call(
            () -> {
              all().forEach(Source::salvage);
              close();
              return null;
            });
  }

  /// Closes the descriptors; what is unread or not written stays for the next engine.
  void abandon() {
    close();
  }

  private void close() {
    all().forEach(Source::close);
    if (transcript != null) {
      transcript.close();
    }
  }

  private List<Source> all() {
    synchronized (sources) {
      return List.copyOf(sources);
    }
  }
}
