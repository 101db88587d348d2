package dev.davit.cli.row;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.davit.engine.Container;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.image.Image;
import dev.davit.image.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The image that a container was created from, whether it is still here or not.
///
/// @param created when the image was made; null where nobody says
public record ImageRow(
    @JsonProperty("ID") String id,
    @Header("CONTAINER") String containerName,
    String repository,
    String tag,
    String platform,
    long size,
    @org.jspecify.annotations.Nullable String created,
    @JsonIgnore @Header("IMAGE ID") String shortId,
    @JsonIgnore @Header("SIZE") String humanSize,
    @JsonIgnore @Header("CREATED") String age) {
  public static final Layout<ImageRow> LAYOUT =
      Layout.of(
              ImageRow.class,
              "{{.ContainerName}}\t{{.Repository}}\t{{.Tag}}\t{{.Platform}}\t{{.ShortId}}\t{{.HumanSize}}\t{{.Age}}")
          .inArray();

  /// @param image empty where it has been removed meanwhile
  public static ImageRow of(Container container, Optional<Image> image, Instant now) {
    String reference = container.config().image();
    Optional<Reference> parsed =
        Reference.id(reference).isEmpty()
            ? Optional.of(Reference.parse(reference))
            : Optional.<Reference>empty();
    Optional<Instant> created =
        image.map(Image::created).filter(time -> time.isAfter(Instant.EPOCH));
    long size = image.map(Image::size).orElse(0L);
    String digits = container.imageId().replaceFirst("^sha256:", "");
    return new ImageRow(
        container.imageId(),
        container.name(),
        parsed
            .map(it -> new Reference(it.domain(), it.path(), Optional.empty(), Optional.empty()))
            .map(Reference::familiar)
            .orElse("<none>"),
        parsed.flatMap(Reference::tag).orElse("<none>"),
        "linux/" + architecture(),
        size,
        created.map(Instant::toString).orElse(null),
        digits.substring(0, Math.min(12, digits.length())),
        Sizes.decimal(size),
        created.map(time -> Times.human(Duration.between(time, now)) + " ago").orElse("N/A"));
  }

  // An image runs only on its own sort of machine.
  private static String architecture() {
    return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
  }
}
