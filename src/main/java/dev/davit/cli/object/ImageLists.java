package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.row.DockerConfig;
import dev.davit.cli.stack.Machine;
import dev.davit.content.StoredImage;
import dev.davit.docker.ImageShape;
import dev.davit.format.Layout;
import dev.davit.format.Struct;
import dev.davit.image.Image;
import dev.davit.image.ImageSpec;
import dev.davit.image.Reference;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// What can be seen of images: `ls`, `inspect`, `history`.
final class ImageLists {
  private static final String GROUP = ContainerLists.GROUP;
  private static final Set<String> FILTERS =
      Set.of("reference", "dangling", "label", "before", "since", "until");

  private final Machine machine;

  ImageLists(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = {"image", "ls"},
      alias = "image list",
      group = GROUP,
      description = "List images")
  @Usage("[REPOSITORY[:TAG]]")
  void ls(
      Session session,
      @Option(shortName = 'a', description = "Show all images (there are no hidden ones)")
          boolean all,
      @Option(description = "Show digests") boolean digests,
      @Option(
              shortName = 'f',
              description = "Filter by reference, dangling, label, before, since or until")
          List<String> filter,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(longName = "no-trunc", description = "Do not truncate the output") boolean whole,
      @Option(shortName = 'q', description = "Only display image ids") boolean quiet,
      @Argument(index = 0) @Nullable String repository) {
    Filters filters = Filters.parse(filter, FILTERS);
    Instant now = Instant.now();
    var wanted = new ImageFilter(filters, machine.images(), now);
    List<ImageRow> rows =
        machine.images().list().stream()
            .sorted(Comparator.comparing(Image::created).reversed())
            .filter(wanted::test)
            .flatMap(image -> ImageRow.of(image, digests(image.id()), whole, now).stream())
            .filter(row -> filters.any("reference", it -> ImageFilter.isMeant(row, it)))
            .filter(row -> repository == null || ImageFilter.isMeant(row, repository))
            .toList();
    if (quiet) {
      rows.stream().map(ImageRow::id).distinct().forEach(session::println);
      return;
    }
    Layout<ImageRow> layout = digests ? ImageRow.WITH_DIGESTS : ImageRow.LAYOUT;
    session.print(layout.print(DockerConfig.format(session, format, "imagesFormat"), rows));
  }

  private List<Reference> digests(String id) {
    return machine.store().images().list().stream()
        .filter(image -> image.id().toString().equals(id))
        .flatMap(image -> image.names().stream())
        .filter(name -> name.digest().isPresent())
        .toList();
  }

  @Command(
      name = {"image", "inspect"},
      group = GROUP,
      description = "Display detailed information on one or more images",
      completionProvider = "images")
  @Usage("IMAGE [IMAGE...]")
  int inspect(
      Session session,
      @Option(shortName = 'f', description = "Format of the output (json|TEMPLATE)") String format,
      @Arguments List<String> images) {
    return Each.inspect(session, "image", images, format, this::shape);
  }

  private Struct shape(String word) {
    Image image = machine.images().require(word);
    Optional<ImageSpec> spec = machine.store().images().find(word).map(StoredImage::spec);
    return ImageShape.of(image, spec, digests(image.id()));
  }

  @Command(
      name = {"image", "history"},
      alias = "history",
      group = GROUP,
      description = "Show the steps that an image was made by",
      completionProvider = "images")
  @Usage("IMAGE")
  void history(
      Session session,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(
              shortName = 'H',
              defaultValue = "true",
              description = "Print sizes and dates for people")
          boolean human,
      @Option(longName = "no-trunc", description = "Do not truncate the output") boolean whole,
      @Option(shortName = 'q', description = "Only display image ids") boolean quiet,
      @Argument(index = 0) String image) {
    StoredImage found = machine.store().images().require(image);
    List<HistoryRow> rows =
        HistoryRow.of(
            found,
            machine.store().layers().sizes(found.spec().chainIds()),
            new HistoryRow.View(human, whole, Instant.now()));
    session.print(HistoryRow.layout(human).print(quiet ? "{{.ID}}" : format, rows));
  }
}
