package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.stack.Execution;
import dev.davit.cli.stack.Machine;
import dev.davit.cli.transfer.SessionTransfers;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
import dev.davit.reconcile.Operation;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.Subject;
import dev.davit.transfer.Pulled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// `davit image pull` and `davit image push`.
final class ImageTransferCommands {
  private static final String GROUP = ContainerLists.GROUP;

  private final Machine machine;

  ImageTransferCommands(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = {"image", "pull"},
      group = GROUP,
      description = "Download an image from a registry")
  @Usage("NAME[:TAG|@DIGEST]")
  int pull(
      Session session,
      @Option(shortName = 'a', description = "Download all tags of the repository") boolean allTags,
      @Option(description = "Platform of the image, such as linux/arm64") @Nullable String platform,
      @Option(shortName = 'q', description = "Print the name only") boolean quiet,
      @Argument(index = 0) String name) {
    Reference asked = Reference.parse(name);
    Optional<String> wanted =
        Optional.ofNullable(platform).map(Platform::parse).map(Platform::toString);
    try (var transfers = new SessionTransfers(session, machine.store())) {
      List<String> names = allTags ? tags(transfers, asked, name) : List.of(asked.tagged());
      Plan plan =
          plan(
              names,
              it -> new Operation.PullImage(Subject.image(it), it, wanted, true, "asked for"));
      int code =
          new Execution(session, machine, Optional.empty()).runOrPrint(plan, quiet, transfers);
      names.forEach(it -> transfers.pulled(it).ifPresent(done -> tell(session, it, done, quiet)));
      return code;
    }
  }

  private static List<String> tags(SessionTransfers transfers, Reference asked, String name) {
    if (asked.digest().isPresent() || !asked.tag().equals(Optional.of("latest"))) {
      throw new DavitException(
          Kind.INVALID, "tag can't be used with --all-tags/-a: \"%s\"".formatted(name));
    }
    return transfers.tags(asked).stream().map(Reference::tagged).toList();
  }

  private static void tell(Session session, String name, Pulled done, boolean quiet) {
    if (!quiet) {
      session.println("Digest: " + done.digest());
      session.println(
          done.isNew()
              ? "Status: Downloaded newer image for " + name
              : "Status: Image is up to date for " + name);
    }
    session.println(Reference.parse(name).toString());
  }

  @Command(
      name = {"image", "push"},
      group = GROUP,
      description = "Upload an image to a registry",
      completionProvider = "images")
  @Usage("NAME[:TAG]")
  int push(
      Session session,
      @Option(shortName = 'a', description = "Push all tags of the repository") boolean allTags,
      @Option(description = "Platform that the image must be for") @Nullable String platform,
      @Option(shortName = 'q', description = "Don't print progress") boolean quiet,
      @Argument(index = 0) String name) {
    Reference asked = Reference.parse(name);
    List<String> names = allTags ? tags(asked, name) : List.of(asked.tagged());
    if (platform != null) {
      names.forEach(it -> check(it, Platform.parse(platform)));
    }
    try (var transfers = new SessionTransfers(session, machine.store())) {
      Plan plan =
          plan(names, it -> new Operation.PushImage(Subject.image(it), it, true, "asked for"));
      int code =
          new Execution(session, machine, Optional.empty()).runOrPrint(plan, quiet, transfers);
      names.forEach(
          it ->
              transfers
                  .pushed(it)
                  .ifPresent(
                      done ->
                          session.println(
                              "%s: digest: %s size: %d"
                                  .formatted(
                                      done.name().tag().orElse(""),
                                      done.document().digest(),
                                      done.document().size()))));
      return code;
    }
  }

  private List<String> tags(Reference asked, String name) {
    if (!asked.tag().equals(Optional.of("latest"))) {
      throw new DavitException(
          Kind.INVALID, "tag can't be used with --all-tags/-a: \"%s\"".formatted(name));
    }
    List<String> tags =
        machine.store().images().list().stream()
            .flatMap(image -> image.tags().stream())
            .filter(tag -> tag.domain().equals(asked.domain()) && tag.path().equals(asked.path()))
            .map(Reference::tagged)
            .sorted()
            .toList();
    if (tags.isEmpty()) {
      throw new DavitException(
          Kind.NOT_FOUND,
          "no image of the repository \"%s\" is here".formatted(asked.familiar()),
          "\"davit image ls\" shows what is");
    }
    return tags;
  }

  private void check(String name, Platform wanted) {
    Platform is = machine.store().images().require(name).spec().platform();
    if (!is.equals(wanted)) {
      throw new DavitException(
          Kind.NOT_FOUND, "image \"%s\" is here for %s, not for %s".formatted(name, is, wanted));
    }
  }

  private static Plan plan(List<String> names, Function<String, Operation> operation) {
    var nodes = new ArrayList<Plan.Node>();
    for (String name : names) {
      nodes.add(new Plan.Node(nodes.size() + 1, operation.apply(name), java.util.Set.of()));
    }
    return new Plan(nodes, List.of());
  }
}
