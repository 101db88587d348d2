package dev.davit.network;

import dev.davit.linux.Errno;
import dev.davit.netlink.Message;
import dev.davit.netlink.Netlink;
import dev.davit.netlink.Rtnetlink;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Removes links for many callers at once. For each removal the kernel waits until no processor can
/// have a packet of it in hand, about 30 ms, but for a group of links only once: so what is asked
/// for while one removal goes on is done together by the next.
final class Unplugging {
  private final Netlink netlink;
  // Nobody else uses groups of links with such a number.
  private final int group = new SecureRandom().nextInt(1 << 30, Integer.MAX_VALUE);
  private final ReentrantLock sending = new ReentrantLock();
  private Batch gathering = new Batch();

  private static final class Batch {
    private final List<String> links = new ArrayList<>();
    private boolean done;
    private @Nullable RuntimeException failure;
  }

  Unplugging(Netlink netlink) {
    this.netlink = netlink;
  }

  /// Returns when `links` are gone; those that are already are no error.
  void remove(List<String> links) {
    if (links.isEmpty()) {
      return;
    }
    Batch batch = join(links);
    sending.lock();
    try {
      if (!batch.done) {
        send(batch);
      }
    } finally {
      sending.unlock();
    }
    if (batch.failure != null) {
      throw batch.failure;
    }
  }

  private synchronized Batch join(List<String> links) {
    gathering.links.addAll(links);
    return gathering;
  }

  private synchronized void closeBatch() {
    gathering = new Batch();
  }

  private void send(Batch batch) {
    closeBatch();
    try {
      netlink.send(messages(batch.links), Errno.ENODEV);
    } catch (RuntimeException e) {
      batch.failure = e;
    }
    batch.done = true;
  }

  private List<Message> messages(List<String> links) {
    return links.size() == 1
        ? List.of(Rtnetlink.deleteLink(links.getFirst()))
        : Stream.concat(
                links.stream().map(link -> Rtnetlink.group(link, group)),
                Stream.of(Rtnetlink.deleteGroup(group)))
            .toList();
  }
}
