package dev.davit.client;

import java.io.IOException;
import java.time.Duration;

/// Where a command goes on whose engine has ended: with one that is there or comes, or that is
/// started if the last one crashed. One that was stopped is not started again behind the back of
/// who stopped it.
final class NextEngine {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(50);
  // An engine that crashes because of this very command would do so for ever. One that is dying
  // takes
  // connections for some moments still.
  private static final int MOST_CRASHES = 30;
  private static final Duration WHILE = Duration.ofMinutes(1);

  private final Engine engine;
  private int crashes;
  private long first = System.nanoTime();

  NextEngine(Engine engine) {
    this.engine = engine;
  }

  /// The connection to it.
  ///
  /// @param stopped whether the last one was asked to end
  FrameChannel await(boolean stopped) throws IOException, InterruptedException {
    if (stopped) {
      return awaitOther();
    }
    if (System.nanoTime() - first > WHILE.toNanos()) {
      first = System.nanoTime();
      crashes = 0;
    }
    if (++crashes > MOST_CRASHES) {
      throw new ClientException(
          "the engine has ended " + crashes + " times in a minute", "see 'davit engine logs'");
    }
    Thread.sleep(PAUSE.multipliedBy(crashes));
    return engine.connectOrStart();
  }

  private FrameChannel awaitOther() throws InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < PATIENCE.toNanos()) {
      Thread.sleep(PAUSE);
      FrameChannel running = engine.connect();
      if (running != null) {
        return running;
      }
    }
    throw new ClientException(
        "the engine has been stopped, the containers go on",
        "the next davit command starts one, this one with it");
  }
}
