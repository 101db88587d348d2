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
import java.util.List;

/// A name of an image, as `docker image ls` lists it; without one it is `<none>`.
record ImageRow(
    @Header("CREATED AT") String createdAt,
    @Header("CREATED") String createdSince,
    @Header("IMAGE ID") @JsonProperty("ID") String id,
    String repository,
    String size,
    String tag) {
  static final Layout<ImageRow> LAYOUT =
      Layout.of(ImageRow.class, "{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}");
  private static final int BRIEF = "sha256:".length() + 12;

  static List<ImageRow> of(Image image, boolean whole, Instant now) {
    List<Reference> names = image.names();
    return names.isEmpty()
        ? List.of(of(image, "<none>", "<none>", whole, now))
        : names.stream()
            .map(name -> of(image, repository(name), name.tag().orElse("<none>"), whole, now))
            .toList();
  }

  private static String repository(Reference name) {
    return new Reference(
            name.domain(), name.path(), java.util.Optional.of("latest"), java.util.Optional.empty())
        .familiar();
  }

  private static ImageRow of(
      Image image, String repository, String tag, boolean whole, Instant now) {
    return new ImageRow(
        ContainerText.created(image.created()),
        Times.human(Duration.between(image.created(), now)) + " ago",
        whole ? image.id() : image.id().substring("sha256:".length(), BRIEF),
        repository,
        Sizes.decimal(image.size()),
        tag);
  }
}
