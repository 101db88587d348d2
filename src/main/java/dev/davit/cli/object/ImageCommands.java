package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.copy.Exporting;
import dev.davit.cli.copy.NewName;
import dev.davit.cli.stack.Machine;
import dev.davit.content.Loading;
import dev.davit.content.Loading.Loaded;
import dev.davit.content.Saving;
import dev.davit.content.Saving.Saved;
import dev.davit.content.StoredImage;
import dev.davit.content.StoredImages;
import dev.davit.content.Verified;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
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
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// `davit image …`: what changes the store, and archives in and out.
final class ImageCommands {
  private static final String GROUP = ContainerLists.GROUP;

  private final Machine machine;

  ImageCommands(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = {"image", "tag"},
      alias = "tag",
      group = GROUP,
      description = "Give an image one more name",
      completionProvider = "images")
  @Usage("IMAGE REPOSITORY[:TAG]")
  void tag(Session session, @Argument(index = 0) String image, @Argument(index = 1) String name) {
    StoredImage found = machine.store().images().require(image);
    Reference wanted = NewName.parse(name);
    StoredImages.checkName(wanted);
    if (!session.globals().dryRun()) {
      machine.store().images().tag(found, wanted);
    }
  }

  @Command(
      name = {"image", "prune"},
      group = GROUP,
      description = "Remove images without a name that no container uses")
  void prune(
      Session session,
      @Option(shortName = 'a', description = "Remove all that no container uses") boolean all,
      @Option(shortName = 'f', description = "Do not prompt for confirmation") boolean force,
      @Option(description = "Filter by label=KEY[=VALUE] or until=TIME") List<String> filter)
      throws IOException {
    var pruning = new Pruning(machine, filter, Instant.now());
    Prompt.confirm(
        session,
        force,
        all
            ? "This will remove all images that no container uses."
            : "This will remove all images without a name that no container uses.");
    pruning.run(session, all);
  }

  @Command(
      name = {"image", "load"},
      alias = "load",
      group = GROUP,
      description = "Load images from an archive of docker save or an OCI layout")
  void load(
      Session session,
      @Option(shortName = 'i', description = "Archive or directory to read, instead of STDIN")
          @Nullable String input,
      @Option(shortName = 'q', description = "Print ids and names only") boolean quiet,
      @Option(description = "Load only images for that platform, such as linux/arm64")
          @Nullable String platform)
      throws IOException {
    if (input == null && session.ttys().stdin()) {
      throw new UsageException("an archive is not typed: use -i FILE or redirect STDIN", null);
    }
    if (session.globals().dryRun()) {
      return;
    }
    var loading = new Loading(machine.store(), Optional.ofNullable(platform).map(Platform::parse));
    for (Loaded loaded : load(session, loading, input)) {
      String before =
          quiet ? "" : loaded.names().isEmpty() ? "Loaded image ID: " : "Loaded image: ";
      if (loaded.names().isEmpty()) {
        session.println(before + loaded.image().id());
      }
      loaded.names().forEach(name -> session.println(before + name.tagged()));
    }
  }

  private static List<Loaded> load(Session session, Loading loading, @Nullable String input)
      throws IOException {
    if (input == null) {
      return loading.load(session.in());
    }
    Path path = session.cwd().resolve(input);
    if (Files.isDirectory(path)) {
      return loading.load(path);
    }
    try (InputStream in = Files.newInputStream(path)) {
      return loading.load(in);
    } catch (NoSuchFileException e) {
      throw new DavitException(Kind.NOT_FOUND, "no file \"%s\"".formatted(path), null, e);
    }
  }

  @Command(
      name = {"image", "save"},
      alias = "save",
      group = GROUP,
      description = "Save images to a tar archive that docker load and OCI tools read",
      completionProvider = "images")
  @Usage("IMAGE [IMAGE...]")
  void save(
      Session session,
      @Option(shortName = 'o', description = "Write to a file, instead of STDOUT")
          @Nullable String output,
      @Arguments List<String> images) {
    if (images.isEmpty()) {
      throw new UsageException("argument IMAGE is missing", null);
    }
    List<Saved> saved = images.stream().map(this::saved).toList();
    if (!session.globals().dryRun()) {
      Exporting.write(session, output, out -> new Saving(machine.store()).save(saved, out));
    }
  }

  private Saved saved(String word) {
    StoredImage image = machine.store().images().require(word);
    boolean named = Reference.id(word).isEmpty() && image.tags().contains(Reference.parse(word));
    return new Saved(image, named ? List.of(Reference.parse(word)) : List.of());
  }

  @Command(
      name = {"image", "rm"},
      alias = "rmi",
      group = GROUP,
      description = "Remove one or more images",
      completionProvider = "images")
  @Usage("IMAGE [IMAGE...]")
  int rm(
      Session session,
      @Option(shortName = 'f', description = "Take an image's names away even if containers use it")
          boolean force,
      @Arguments List<String> images) {
    var removing = new Removing(machine);
    int code =
        Each.each(
            session,
            "image",
            images,
            word -> {
              if (!session.globals().dryRun()) {
                removing.remove(word, force).forEach(session::println);
              }
            });
    if (!session.globals().dryRun()) {
      machine.store().collect(0);
    }
    return code;
  }

  @Command(
      name = {"image", "verify"},
      group = GROUP,
      description = "Check that what the store holds is what it says",
      completionProvider = "images")
  @Usage("[IMAGE...]")
  int verify(
      Session session,
      @Option(shortName = 'a', description = "Check everything, also what no image needs")
          boolean all,
      @Arguments List<String> images) {
    if (all == !images.isEmpty()) {
      throw new UsageException("name images, or write --all", null);
    }
    List<Verified> verified =
        all
            ? List.of(machine.store().verify())
            : images.stream()
                .map(word -> machine.store().verify(machine.store().images().require(word)))
                .toList();
    verified.forEach(each -> each.broken().forEach(session::println));
    verified.forEach(
        each ->
            session.note(
                "%d images, %d layers, %d blobs: %s"
                    .formatted(
                        each.images(),
                        each.layers(),
                        each.blobs(),
                        each.broken().isEmpty() ? "whole" : "broken")));
    return verified.stream().allMatch(each -> each.broken().isEmpty()) ? 0 : 1;
  }
}
