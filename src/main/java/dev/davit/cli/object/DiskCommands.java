package dev.davit.cli.object;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.davit.cli.Session;
import dev.davit.cli.UsageException;
import dev.davit.cli.row.Sizes;
import dev.davit.cli.stack.Machine;
import dev.davit.content.StoredImage;
import dev.davit.engine.Container;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.volume.Volume;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// `davit df`.
final class DiskCommands {
  private final Machine machine;

  DiskCommands(Machine machine) {
    this.machine = machine;
  }

  record OneImage(
      String repository,
      String tag,
      @JsonProperty("ID") @Header("IMAGE ID") String id,
      @Header("UNIQUE SIZE") String uniqueSize,
      long containers) {
    static final Layout<OneImage> LAYOUT =
        Layout.of(
            OneImage.class, "{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.UniqueSize}}\t{{.Containers}}");
  }

  record OneContainer(
      @JsonProperty("ID") @Header("CONTAINER ID") String id,
      String image,
      String size,
      String status,
      @Header("NAMES") String names) {
    static final Layout<OneContainer> LAYOUT =
        Layout.of(OneContainer.class, "{{.ID}}\t{{.Image}}\t{{.Size}}\t{{.Status}}\t{{.Names}}");
  }

  record OneVolume(@Header("VOLUME NAME") String name, long links, String size) {
    static final Layout<OneVolume> LAYOUT =
        Layout.of(OneVolume.class, "{{.Name}}\t{{.Links}}\t{{.Size}}");
  }

  @Command(
      name = {"system", "df"},
      alias = "df",
      group = ContainerLists.GROUP,
      description = "Show what images, containers and volumes take on the disk, as du counts")
  void df(
      Session session,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(shortName = 'v', description = "Show each image, container and volume")
          boolean verbose) {
    var use = new DiskUse(machine);
    if (!verbose) {
      session.print(DiskRow.LAYOUT.print(format, use.rows()));
      return;
    }
    if (!format.isEmpty()) {
      throw new UsageException("--format is of the short list", "leave --verbose out");
    }
    session.println("Images space usage:\n");
    session.print(
        OneImage.LAYOUT.print(
            "", machine.store().images().list().stream().map(it -> one(it, use)).toList()));
    session.println("\nContainers space usage:\n");
    session.print(
        OneContainer.LAYOUT.print("", use.containers().stream().map(it -> one(it, use)).toList()));
    session.println("\nLocal Volumes space usage:\n");
    session.print(
        OneVolume.LAYOUT.print(
            "", machine.volumes().list().stream().map(it -> one(it, use)).toList()));
  }

  private static OneImage one(StoredImage image, DiskUse use) {
    String name = image.tags().isEmpty() ? "<none>:<none>" : image.tags().getFirst().tagged();
    int colon = name.lastIndexOf(':');
    return new OneImage(
        name.substring(0, colon),
        name.substring(colon + 1),
        image.id().brief(),
        Sizes.decimal(use.unique(image)),
        use.users(image));
  }

  private static OneContainer one(Container container, DiskUse use) {
    return new OneContainer(
        container.shortId(),
        container.config().image(),
        Sizes.decimal(use.size(container)),
        container.state().status().word(),
        container.name());
  }

  private static OneVolume one(Volume volume, DiskUse use) {
    return new OneVolume(volume.name(), use.links(volume), Sizes.decimal(use.size(volume)));
  }
}
