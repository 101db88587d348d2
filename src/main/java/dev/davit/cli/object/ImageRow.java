package dev.davit.cli.object;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.davit.cli.row.ContainerText;
import dev.davit.cli.row.Sizes;
import dev.davit.cli.row.Times;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.image.Image;
import dev.davit.image.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A name of an image, as `docker image ls` lists it; what an image has not is `<none>`, and what
/// only `davit df -v` says `N/A`, as there.
record ImageRow(
    String containers,
    @Header("CREATED AT") String createdAt,
    @Header("CREATED") String createdSince,
    String digest,
    @Header("IMAGE ID") @JsonProperty("ID") String id,
    String repository,
    @Header("SHARED SIZE") String sharedSize,
    String size,
    String tag,
    @Header("UNIQUE SIZE") String uniqueSize) {
  private static final String NONE = "<none>";
  private static final String UNKNOWN = "N/A";
  private static final int BRIEF = "sha256:".length() + 12;
  private static final String TABLE =
      "{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}";

  static final Layout<ImageRow> LAYOUT = Layout.of(ImageRow.class, TABLE);
  static final Layout<ImageRow> WITH_DIGESTS =
      Layout.of(ImageRow.class, TABLE.replace("{{.ID}}", "{{.Digest}}\t{{.ID}}"));

  /// @param digests names of the image with a digest
  static List<ImageRow> of(Image image, List<Reference> digests, boolean whole, Instant now) {
    var rows = new ArrayList<ImageRow>();
    for (Reference name : image.names()) {
      Optional<Reference> digest = digests.stream().filter(it -> isSame(it, name)).findFirst();
      rows.add(of(image, repository(name), name.tag(), digest, whole, now));
    }
    digests.stream()
        .filter(digest -> image.names().stream().noneMatch(name -> isSame(name, digest)))
        .map(it -> of(image, repository(it), Optional.empty(), Optional.of(it), whole, now))
        .forEach(rows::add);
    return rows.isEmpty()
        ? List.of(of(image, NONE, Optional.empty(), Optional.empty(), whole, now))
        : rows;
  }

  private static boolean isSame(Reference one, Reference other) {
    return one.domain().equals(other.domain()) && one.path().equals(other.path());
  }

  private static String repository(Reference name) {
    return new Reference(name.domain(), name.path(), Optional.of("latest"), Optional.empty())
        .familiar();
  }

  private static ImageRow of(
      Image image,
      String repository,
      Optional<String> tag,
      Optional<Reference> digest,
      boolean whole,
      Instant now) {
    return new ImageRow(
        UNKNOWN,
        ContainerText.created(image.created()),
        Times.human(Duration.between(image.created(), now)) + " ago",
        digest.flatMap(Reference::digest).orElse(NONE),
        whole ? image.id() : image.id().substring("sha256:".length(), BRIEF),
        repository,
        UNKNOWN,
        Sizes.decimal(image.size()),
        tag.orElse(NONE),
        UNKNOWN);
  }
}
