package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.linux.Epoll;
import dev.davit.linux.Kernel;
import dev.davit.linux.Pipe;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventLoopTest {
  @Test
  void aHandlerThatMeetsAnErrorIsCalledAgain() throws Exception {
    Pipe.Ends pipe = Pipe.open("test");
    try (var loop = new EventLoop()) {
      var calls = new AtomicInteger();
      var twice = new CountDownLatch(2);
      loop.watch(
          pipe.read(),
          Epoll.IN,
          _ -> {
            twice.countDown();
            if (calls.incrementAndGet() == 1) {
              throw new OutOfMemoryError("unable to create native thread");
            }
            Kernel.read(pipe.read(), 1);
          });
      Kernel.write(pipe.write(), new byte[1]);
      assertTrue(twice.await(10, TimeUnit.SECONDS), "the loop has ended");
      assertEquals(7, loop.call(() -> 7).join());
    } finally {
      pipe.read().close();
      pipe.write().close();
    }
  }

  @Test
  void aTaskThatMeetsAnErrorTellsItsCaller() {
    try (var loop = new EventLoop()) {
      var failed =
          loop.call(
              () -> {
                throw new OutOfMemoryError("unable to create native thread");
              });
      assertThrows(CompletionException.class, failed::join);
    }
  }
}
