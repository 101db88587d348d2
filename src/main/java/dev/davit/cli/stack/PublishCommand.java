package dev.davit.cli.stack;

import dev.davit.artifact.Disclosures;
import dev.davit.artifact.ImageCopies;
import dev.davit.artifact.OciVersion;
import dev.davit.artifact.ProjectFile;
import dev.davit.artifact.ProjectFiles;
import dev.davit.artifact.Publication;
import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.Usage;
import dev.davit.cli.login.RegistryAccess;
import dev.davit.compose.Project;
import dev.davit.compose.tree.Mapping;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Reference;
import dev.davit.reconcile.Labels;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.TransferPlanner;
import dev.davit.registry.Registries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class PublishCommand {
  private final Machine machine;

  PublishCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(name = "publish", description = "Push the project's files to a registry")
  @Usage("REPOSITORY[:TAG]")
  int publish(
      Session session,
      @Option(description = "Copy the images into the same repository, and pin them") boolean app,
      @Option(
              longName = "oci-version",
              description = "Version of the OCI image specification (1.0|1.1)")
          @Nullable String ociVersion,
      @Option(
              longName = "resolve-image-digests",
              description = "Pin the images to the digests that their tags have now")
          boolean resolveImageDigests,
      @Option(
              longName = "with-env",
              description = "With environment files, and without asking about variables")
          boolean withEnv,
      @Option(shortName = 'y', description = "Answer yes to all questions") boolean yes,
      @Argument(index = 0) String repository) {
    Reference target = target(repository);
    Optional<OciVersion> version = Optional.ofNullable(ociVersion).map(OciVersion::parse);
    Project project = Stack.load(session, List.of()).project();
    checkHere(project);
    Mapping services = Stack.whole(session).all().mapping("services");
    PublishChecks.images(services);
    ProjectFiles.Published published =
        ProjectFiles.of(
            new ProjectFiles.Given(
                project.workingDirectory(),
                project.composeFiles(),
                project.environment(),
                withEnv,
                PublishCommand::read));
    if (!yes && !new PublishChecks(session, services, withEnv).pass(published.disclosures())) {
      session.note("nothing was published");
      return Signal.INT.exitCode();
    }
    warn(session, published.disclosures(), withEnv);
    int pushed = pushImages(session, project);
    if (pushed != 0) {
      return pushed;
    }
    try (Registries registries = RegistryAccess.open(session)) {
      var pins =
          app || resolveImageDigests ? ImagePins.of(services, registries) : new ImagePins(Map.of());
      List<Reference> images = app ? pins.distinct() : List.of();
      var files = new ArrayList<>(published.files());
      if (!pins.images().isEmpty()) {
        files.add(pins.file());
      }
      if (session.globals().dryRun()) {
        return tell(session, target, files, images);
      }
      var publication = new Publication(files, Labels.COMPOSE_VERSION, Instant.now());
      Descriptor manifest = send(session, publication, images, registries, target, version);
      session.println("Published " + target.familiar() + "@" + manifest.digest());
      return 0;
    }
  }

  /// The images come first: what has a tag is complete.
  private Descriptor send(
      Session session,
      Publication publication,
      List<Reference> images,
      Registries registries,
      Reference target,
      Optional<OciVersion> version) {
    var copies = new ImageCopies(registries, target, machine.root());
    var copied = new ArrayList<Descriptor>();
    for (Reference image : images) {
      session.note("copying " + image.familiar());
      copied.add(copies.copy(image));
    }
    Descriptor manifest =
        publication.to(registries.upload(target), target.tag().orElseThrow(), version);
    if (!copied.isEmpty()) {
      copies.list(copied, manifest, publication.tool());
    }
    return manifest;
  }

  /// What who fetches the project will miss.
  private static void warn(Session session, Disclosures disclosures, boolean withEnv) {
    if (!withEnv && disclosures.hasEnvironmentFiles()) {
      session.warn(
          "env files are not published: without them nobody can run the project (--with-env)");
    }
    if (!disclosures.leftBehind().isEmpty()) {
      session.warn(
          "files of configs, secrets and labels are not published: "
              + String.join(", ", disclosures.leftBehind()));
    }
  }

  private static Reference target(String repository) {
    Reference target = Reference.parse(repository);
    if (target.digest().isPresent()) {
      throw new DavitException(
          Kind.INVALID,
          "a project cannot be published to a digest: \"" + repository + "\"",
          "write a tag: the digest follows from what is published");
    }
    return target;
  }

  private static void checkHere(Project project) {
    for (Path file : project.composeFiles()) {
      if (!Files.isRegularFile(file)) {
        throw new DavitException(
            Kind.INVALID,
            "only files of this machine can be published",
            "a project that is in a registry can be copied there: skopeo copy, oras copy");
      }
    }
  }

  private static Optional<byte[]> read(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Those that services build, as far as they are here: who runs the project needs them.
  private int pushImages(Session session, Project project) {
    Plan plan = TransferPlanner.push(project, new TransferPlanner.Options(List.of(), true, true));
    return plan.nodes().isEmpty()
        ? 0
        : new Execution(session, machine, Optional.of(project)).runOrPrint(plan);
  }

  private static int tell(
      Session session, Reference target, List<ProjectFile> files, List<Reference> images) {
    session.println("Would publish " + target.tagged() + " with");
    files.forEach(it -> session.println("  " + it.name() + " (" + it.bytes().length + " bytes)"));
    images.forEach(it -> session.println("  image " + it.familiar()));
    return 0;
  }
}
