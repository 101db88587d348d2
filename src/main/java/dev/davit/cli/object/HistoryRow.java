package dev.davit.cli.object;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.davit.cli.row.ContainerText;
import dev.davit.cli.row.Sizes;
import dev.davit.cli.row.Times;
import dev.davit.content.StoredImage;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.image.ImageSpec.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// A step that an image was made by, as `docker history` lists it.
record HistoryRow(
    String comment,
    @Header("CREATED AT") String createdAt,
    @Header("CREATED BY") String createdBy,
    @Header("CREATED") String createdSince,
    @Header("IMAGE") @JsonProperty("ID") String id,
    String size) {
  private static final String MISSING = "<missing>";
  private static final int BRIEF = 45;

  /// How much is shown of what.
  ///
  /// @param human times and sizes for people
  /// @param whole nothing is cut
  record View(boolean human, boolean whole, Instant now) {}

  static Layout<HistoryRow> layout(boolean human) {
    String created = human ? "{{.CreatedSince}}" : "{{.CreatedAt}}";
    return Layout.of(
        HistoryRow.class, "{{.ID}}\t" + created + "\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}");
  }

  /// The latest first.
  ///
  /// @param sizes of its layers, the lowest first
  static List<HistoryRow> of(StoredImage image, List<Long> sizes, View view) {
    var rows = new ArrayList<HistoryRow>();
    var left = new ArrayDeque<>(sizes);
    for (History step : image.spec().history()) {
      long size = step.emptyLayer() || left.isEmpty() ? 0 : left.pop();
      rows.add(row(step, MISSING, size, view));
    }
    // Who made the image need not have told.
    var untold = new History(image.spec().created(), "", "", "", false);
    left.forEach(size -> rows.add(row(untold, MISSING, size, view)));
    if (!rows.isEmpty()) {
      HistoryRow last = rows.removeLast();
      String id = image.id().toString();
      rows.add(last.withId(view.whole() ? id : image.id().brief()));
    }
    return rows.reversed();
  }

  private static HistoryRow row(History step, String id, long size, View view) {
    String by = step.createdBy();
    boolean cut = !view.whole() && by.codePointCount(0, by.length()) > BRIEF;
    return new HistoryRow(
        step.comment(),
        view.human() ? ContainerText.created(step.created()) : step.created().toString(),
        cut ? by.substring(0, by.offsetByCodePoints(0, BRIEF - 1)) + "…" : by,
        Times.human(Duration.between(step.created(), view.now())) + " ago",
        id,
        view.human() ? Sizes.decimal(size) : Long.toString(size));
  }

  private HistoryRow withId(String id) {
    return new HistoryRow(comment, createdAt, createdBy, createdSince, id, size);
  }
}
