package dev.davit.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.engine.Statistics;
import dev.davit.engine.Stock;
import dev.davit.engine.Stock.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.SyscallException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShortagesTest {
  /// A machine that has nothing left.
  private static final class Exhausted implements Statistics {
    @Override
    public List<Stock> machine() {
      return List.of(
          new Stock(Kind.PROCESSES, 32_760, 32_768),
          new Stock(Kind.OPEN_FILES, 10, 1_000),
          new Stock(Kind.ENGINE_FILES, 995, 1_000),
          new Stock(Kind.DISK, 1L << 30, 1L << 30));
    }

    @Override
    public Optional<Holding> most(Kind kind) {
      return switch (kind) {
        case ENGINE_FILES -> Optional.empty();
        case DISK -> Optional.of(new Holding("shop-db-1", 700 << 20));
        default -> Optional.of(new Holding("shop-web-1", 30_000));
      };
    }

    @Override
    public List<Holding> full() {
      return List.of(new Holding("shop-web-1", 30_000));
    }

    @Override
    public Sample sample(String container) {
      return Sample.NONE;
    }

    @Override
    public List<ProcessState> processes(String container) {
      return List.of();
    }
  }

  private static List<String> after(Errno errno) {
    return new Shortages(new Exhausted()).after(new SyscallException("call(…)", errno));
  }

  @Test
  void lineNamesTheContainerThatHoldsMost() {
    assertEquals(
        List.of(
            "process ids: 8 of 32768 left; container \"shop-web-1\" has 30000",
            "container \"shop-web-1\" has all its 30000 processes; give it more with pids_limit"),
        after(Errno.EAGAIN));
    assertEquals(
        List.of("disk: 0B of 1GiB left; container \"shop-db-1\" has 700MiB"), after(Errno.ENOSPC));
  }

  @Test
  void whatIsNotShortIsNotSaid() {
    assertEquals(List.of("open files of the engine: 5 of 1000 left"), after(Errno.EMFILE));
    assertEquals(List.of(), after(Errno.ENOENT));
    assertEquals(List.of(), after(Errno.ENOMEM));
  }
}
