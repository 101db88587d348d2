package dev.davit.cli.stack;

import dev.davit.cli.UsageException;
import dev.davit.compose.Project;
import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.PullPolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Options that exclude each other, in docker compose's words.
final class Conflicts {
  private Conflicts() {}

  static void refuse(boolean given, String message) {
    if (given) {
      throw new UsageException(message, null);
    }
  }

  static void waitTimeout(@Nullable Integer seconds) {
    refuse(seconds != null && seconds < 0, "--wait-timeout must be a non-negative integer");
  }

  static void recreation(boolean force, boolean never) {
    refuse(force && never, "--force-recreate and --no-recreate are incompatible");
  }

  static void orphans(boolean remove, boolean ignore) {
    refuse(remove && ignore, "cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans");
  }

  static void building(boolean build, boolean noBuild) {
    refuse(build && noBuild, "--build and --no-build are incompatible");
  }

  /// The policy that is asked for in place of the services'; refuses what Davit cannot do yet.
  ///
  /// @param pull a policy or null
  static Optional<PullPolicy> images(Project project, boolean build, @Nullable String pull) {
    if (build && project.services().values().stream().anyMatch(it -> it.build().isPresent())) {
      throw unsupported("--build", "leave it out and name images that are on this machine");
    }
    return switch (pull == null ? "" : pull) {
      case "", "policy" -> Optional.empty();
      case "always", "missing", "never" -> Optional.of(PullPolicy.parse(String.valueOf(pull)));
      case "build" -> {
        if (project.services().values().stream().anyMatch(it -> it.build().isPresent())) {
          throw unsupported("--pull build", "name images that are on this machine");
        }
        yield Optional.of(PullPolicy.NEVER);
      }
      default ->
          throw new UsageException(
              Code.INVALID_OPTION,
              "invalid --pull option \"" + pull + "\"",
              "write always, missing, never or policy",
              pull);
    };
  }

  private static DavitException unsupported(String option, String help) {
    return new DavitException(Kind.UNSUPPORTED, option + " is not supported by Davit yet", help);
  }
}
