package dev.davit.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cli.Size;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.Operation.RemoveNetwork;
import dev.davit.reconcile.Operation.StartContainer;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.Plan.Node;
import dev.davit.reconcile.PlanResult;
import dev.davit.reconcile.Subject;
import dev.davit.test.Golden;
import dev.davit.test.TestScreen;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TtyProgressTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Node db = start(1, "db", Set.of());
  private final Node web = start(2, "web", Set.of(1));

  private final AtomicLong now = new AtomicLong();

  private TtyProgress progress(int rows) {
    return progress(() -> new Size(60, rows));
  }

  private TtyProgress progress(Supplier<Size> size) {
    return new TtyProgress(
        out,
        size,
        false,
        () -> now.addAndGet(60_000_000),
        node -> List.of("last words", "of \033[31m" + node.operation().subject().name()));
  }

  private static Node start(int id, String name, Set<Integer> before) {
    var subject = new Subject(Subject.Kind.CONTAINER, "shop-" + name + "-1", name + ":1");
    return new Node(id, new StartContainer(subject, name, "test"), before);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static PlanResult result() {
    return new PlanResult(List.of(), List.of(), false, Duration.ofMillis(1500));
  }

  @Test
  void aWaitingRowNamesWhatItWaitsFor() {
    var progress = progress(24);
    progress.planned(new Plan(List.of(db, web), List.of()));
    assertTrue(text().contains("shop-web-1  Waiting for shop-db-1"), text());
    progress.ended(result());
  }

  @Test
  void onlyWhatChangedIsDrawnAgain() {
    var progress = progress(24);
    progress.planned(new Plan(List.of(db, web), List.of()));
    out.reset();
    progress.started(db);
    assertTrue(text().contains("Starting"), text());
    assertFalse(text().contains("shop-"), text());
    progress.ended(result());
    assertTrue(text().endsWith("done in 1.5s\r\n"), text());
  }

  @Test
  void theEndNamesWhatTookTheTime() {
    var progress = progress(24);
    var other = start(3, "fast", Set.of());
    progress.planned(new Plan(List.of(db, web, other), List.of()));
    progress.finished(other, Duration.ofMillis(400));
    progress.finished(db, Duration.ofMillis(900));
    progress.finished(web, Duration.ofMillis(600));
    progress.ended(result());
    assertTrue(text().endsWith("done in 1.5s: db 0.9s, web 0.6s\r\n"), text());
  }

  /// What a terminal shows after the run, and after the window has become smaller.
  @Test
  void theScreenShowsEachRowOnce() {
    var window = new AtomicReference<>(new Size(60, 24));
    var screen = new TestScreen(60, 24);
    var progress = progress(window::get);
    var cache = start(3, "缓存🚀", Set.of());
    progress.planned(new Plan(List.of(db, web, cache), List.of()));
    progress.started(cache);
    progress.warned(cache, "this is a warning that has more words than a line has room for");
    progress.started(db);
    screen.write(text());
    out.reset();
    String before = screen.print();
    screen.resize(40, 12);
    window.set(new Size(40, 12));
    progress.failed(db, new DavitException(Kind.CONFLICT, "port 80 is taken"));
    progress.skipped(web, "db is not there");
    progress.ended(result());
    screen.write(text());
    Golden.check(
        "cli/progress/screen.txt", before + "\n--- failed, 40 columns ---\n" + screen.print());
  }

  @Test
  void aFailureStaysAndIsNotWiderThanTheWindow() {
    var progress = progress(24);
    progress.planned(new Plan(List.of(db, web), List.of()));
    progress.failed(db, new DavitException(Kind.CONFLICT, "x".repeat(200)));
    progress.skipped(web, "db is not there");
    out.reset();
    progress.ended(result());
    assertFalse(text().contains("✔"));
    progress.planned(new Plan(List.of(), List.of()));
  }

  @Test
  void theEndOfAPlanInterruptsNobody() {
    var progress = progress(24);
    progress.planned(new Plan(List.of(), List.of()));
    progress.ended(result());
    progress.planned(new Plan(List.of(db), List.of()));
    progress.ended(result());
    assertFalse(Thread.interrupted(), "an interrupted thread closes the client's connection");
  }

  @Test
  void rowsDoNotExceedTheWindow() {
    var nodes =
        java.util.stream.IntStream.rangeClosed(1, 40)
            .mapToObj(id -> start(id, "n" + id, Set.of()))
            .toList();
    var progress = progress(10);
    progress.planned(new Plan(nodes, List.of()));
    assertTrue(text().contains("... 33 more"), text());
    assertEquals(9, text().chars().filter(c -> c == 10).count());
    progress.ended(result());
  }

  @Test
  void plainPrintsALineForEachChange() {
    var lines = new java.util.ArrayList<String>();
    var progress = new PlainProgress(lines::add);
    progress.started(db);
    progress.finished(db, Duration.ZERO);
    var network = new Subject(Subject.Kind.NETWORK, "shop_default", "default");
    progress.warned(new Node(3, new RemoveNetwork(network, "down"), Set.of()), "in use");
    assertEquals(
        List.of(
            " Container shop-db-1  Starting",
            " Container shop-db-1  Started",
            " Network shop_default  Warning  in use"),
        lines);
  }
}
