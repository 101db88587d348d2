package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.compose.load.LoadOptions;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class ConfigCommand {
  enum Format {
    YAML,
    JSON
  }

  @Command(
      name = "config",
      alias = "convert",
      description = "Check the Compose files and print them resolved",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  void config(
      Session session,
      @Option(description = "Format of the output (yaml|json)") @Nullable Format format,
      @Option(shortName = 'o', description = "Write to a file, not to stdout")
          @Nullable String output,
      @Option(shortName = 'q', description = "Only check, print nothing") boolean quiet,
      @Option(longName = "services", description = "Print the service names") boolean names,
      @Option(description = "Print the volume names") boolean volumes,
      @Option(description = "Print the network names") boolean networks,
      @Option(description = "Print the names of language models") boolean models,
      @Option(description = "Print the profile names") boolean profiles,
      @Option(description = "Print the image names") boolean images,
      @Option(description = "Print the hashes of services, or of all (\"*\")")
          @Nullable String hash,
      @Option(description = "Print the variables that interpolation sees") boolean environment,
      @Option(description = "Print the variables of the files and their defaults")
          boolean variables,
      @Option(description = "Say where a variable or a path (services.web.image) gets its value")
          @Nullable String explain,
      @Option(description = "Make an error of what is not honoured") boolean strict,
      @Option(description = "Leave variables as written") boolean noInterpolate,
      @Option(description = "Leave out what goes without saying") boolean noNormalize,
      @Option(description = "Leave paths as written") boolean noPathResolution,
      @Option(description = "Do not check what fits together") boolean noConsistency,
      @Option(description = "Do not read the services' env_file and label_file")
          boolean noEnvResolution,
      @Option(description = "Pin images to their digests") boolean resolveImageDigests,
      @Option(description = "Print an override file that pins images to their digests")
          boolean lockImageDigests,
      @Arguments List<String> services) {
    if (resolveImageDigests || lockImageDigests) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "image digests cannot be resolved yet: Davit does not ask registries",
          "write image: NAME@sha256:DIGEST where an image must not change");
    }
    boolean compatible = session.globals().compatibility();
    var options =
        new LoadOptions(
            !noInterpolate,
            !noNormalize && !compatible,
            !noPathResolution,
            !noConsistency,
            !noEnvResolution,
            strict,
            session.globals().allResources(),
            compatible);
    var config = new Config(session, options, services);
    String text;
    if (names) {
      text = config.list(Listing.SERVICES);
    } else if (volumes) {
      text = config.list(Listing.VOLUMES);
    } else if (networks) {
      text = config.list(Listing.NETWORKS);
    } else if (models) {
      text = config.list(Listing.MODELS);
    } else if (hash != null) {
      text = config.hashes(hash);
    } else if (profiles) {
      text = config.list(Listing.PROFILES);
    } else if (images) {
      text = config.list(Listing.IMAGES);
    } else if (environment) {
      text = config.list(Listing.ENVIRONMENT);
    } else if (explain != null) {
      text = config.explain(explain, format == Format.JSON);
    } else if (variables) {
      text = config.variables(format == Format.JSON);
    } else {
      text = config.print(format == Format.JSON);
    }
    if (!quiet) {
      write(session, output, text);
    }
  }

  private static void write(Session session, @Nullable String output, String text) {
    if (output == null) {
      session.print(text);
      return;
    }
    Path file = session.cwd().resolve(output);
    try {
      boolean fresh = Files.notExists(file);
      Files.writeString(file, text);
      if (fresh) {
        // It is the caller's, to whom the engine's umask means nothing.
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      }
    } catch (IOException e) {
      throw new DavitException(
          Kind.INVALID, "file \"" + output + "\" cannot be written", "check its directory", e);
    }
  }
}
