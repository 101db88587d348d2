package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.copy.CommitOptions;
import dev.davit.cli.copy.NewName;
import dev.davit.cli.stack.Machine;
import dev.davit.content.Making;
import dev.davit.content.Making.Outline;
import dev.davit.content.StoredImage;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.ImageConfig;
import dev.davit.image.ImageSpec.History;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
import dev.davit.image.change.ConfigChanges;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// New images of what is here: `image import` and `container commit`.
final class ImageMaking {
  private static final String GROUP = ContainerLists.GROUP;

  private final Machine machine;
  private final Objects objects;

  ImageMaking(Machine machine) {
    this.machine = machine;
    this.objects = new Objects(machine);
  }

  @Command(
      name = {"image", "import"},
      alias = "import",
      group = GROUP,
      description = "Make an image of one layer from a tar archive of a file system")
  @Usage("FILE|- [REPOSITORY[:TAG]]")
  void importTar(
      Session session,
      @Option(shortName = 'c', description = "Apply a Dockerfile instruction to the image")
          List<String> change,
      @Option(shortName = 'm', description = "Message for the image's history") String message,
      @Option(description = "Platform of the image, instead of this machine's")
          @Nullable String platform,
      @Argument(index = 0) String file,
      @Argument(index = 1) @Nullable String image)
      throws IOException {
    List<Reference> names = NewName.of(image);
    ImageConfig config = ConfigChanges.apply(change, ImageConfig.of(List.of(), List.of()));
    String comment = message.isEmpty() ? "Imported from " + file : message;
    var outline =
        new Outline(
            platform == null ? Platform.ofThisMachine() : Platform.parse(platform),
            "",
            config,
            new History(Instant.now(), "", "", comment, false));
    try (InputStream in = open(session, file)) {
      if (!session.globals().dryRun()) {
        StoredImage made =
            new Making(machine.store()).make(Optional.empty(), Making.of(in), outline, names);
        session.println(made.id().toString());
      }
    } catch (NoSuchFileException e) {
      throw new DavitException(Kind.NOT_FOUND, "no file \"%s\"".formatted(file), null, e);
    }
  }

  private static InputStream open(Session session, String file) throws IOException {
    if (file.matches("(?i)https?://.*")) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "import does not fetch \"%s\": nothing would say that it came unharmed".formatted(file),
          "fetch it, check it, and pipe it: curl -fL URL | davit import - NAME");
    }
    if (!file.equals("-")) {
      Path path = session.cwd().resolve(file);
      if (Files.isDirectory(path)) {
        throw new DavitException(
            Kind.INVALID,
            "\"%s\" is a directory".formatted(path),
            "pipe it: tar -C %s -c . | davit import - NAME".formatted(file));
      }
      return Files.newInputStream(path);
    }
    if (session.ttys().stdin()) {
      throw new UsageException("an archive is not typed: name a file or redirect STDIN", null);
    }
    return session.in();
  }

  @Command(
      name = {"container", "commit"},
      group = GROUP,
      description = "Create a new image from a container's changes",
      completionProvider = "containers")
  @Usage("CONTAINER [REPOSITORY[:TAG]]")
  void commit(
      Session session,
      CommitOptions options,
      @Argument(index = 0) String container,
      @Argument(index = 1) @Nullable String image) {
    var commit = machine.committing().plan(objects.container(container), options, image);
    if (!session.globals().dryRun()) {
      session.println(commit.run());
    }
  }
}
