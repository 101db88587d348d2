package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.stored.Aside;
import dev.davit.stored.Damage;
import dev.davit.stored.Reading;
import dev.davit.stored.Reading.Useless;
import dev.davit.stored.Reading.Whole;
import dev.davit.stored.Thing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `images.json`, and a copy of it that stands in for one that cannot be read. One that a later
/// Davit has written is never replaced: the names in it would be lost.
final class LedgerFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerFiles.class);

  private final Path file;
  private final Path copy;
  private final Aside aside;
  private boolean later;

  LedgerFiles(Path directory, Aside aside) {
    this.file = directory.resolve("images.json");
    this.copy = directory.resolve("images.copy.json");
    this.aside = aside;
  }

  /// What the file says, or its copy; empty where neither says anything.
  Optional<Ledger> read() {
    Reading<Ledger> first = Ledger.FORM.read(file);
    if (first instanceof Whole<Ledger>(Ledger ledger)) {
      if (copy().isEmpty()) {
        writeCopy(Ledger.FORM.encode(ledger));
      }
      return Optional.of(ledger);
    }
    if (first instanceof Useless<Ledger>(Damage damage)) {
      later = damage.format() > 0;
      if (later) {
        LOG.error("the list of images is left alone, and not changed: {}", damage.why());
      } else {
        aside.put(Thing.of("list of images", "images.json"), file, damage);
      }
    }
    Optional<Ledger> kept = copy();
    if (kept.isPresent() && !later) {
      LOG.warn("the list of images comes from its copy");
      write(kept.get());
    }
    return kept;
  }

  private Optional<Ledger> copy() {
    return switch (Ledger.FORM.read(copy)) {
      case Whole<Ledger>(Ledger ledger) -> Optional.of(ledger);
      case Useless<Ledger>(Damage damage) when damage.format() == 0 -> {
        aside.put(Thing.of("copy of the list of images", "images.copy.json"), copy, damage);
        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /// Replaces both; they are on the disk when this returns.
  void write(Ledger ledger) {
    if (later) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "list of images \"%s\" was written by a later Davit, and this one does not change it"
              .formatted(file),
          "use that Davit again, or move the file away");
    }
    byte[] content = Ledger.FORM.encode(ledger);
    writeCopy(content);
    Durable.replace(file, content);
  }

  // On the disk with the file: what is synced is the whole file system.
  private void writeCopy(byte[] content) {
    try {
      Path fresh = copy.resolveSibling(copy.getFileName() + ".new");
      Files.write(fresh, content);
      Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
