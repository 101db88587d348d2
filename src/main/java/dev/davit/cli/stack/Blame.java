package dev.davit.cli.stack;

import dev.davit.compose.Mount;
import dev.davit.compose.Port;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.error.DavitException;
import dev.davit.error.Place;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import dev.davit.reconcile.Operation;
import dev.davit.reconcile.Places;
import dev.davit.reconcile.Subject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the line of the Compose file that an operation failed of.
final class Blame {
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

  private Blame() {}

  /// The failure as the user sees it, with its place where there is one.
  static String print(Optional<Project> project, Operation operation, DavitException cause) {
    String message = String.valueOf(cause.getMessage());
    String help = cause.action().orElse(null);
    Optional<String> path = project.flatMap(model -> path(model, operation, message));
    Optional<Place> place = project.flatMap(model -> path.flatMap(model::place));
    if (place.isEmpty()) {
      String line = "davit: " + operation.subject() + ": " + message;
      return help == null ? line : line + "\n       " + help;
    }
    return project
        .map(model -> Places.problem(model, Severity.ERROR, path.orElse(""), message, help))
        .map(Problem::print)
        .orElse(message);
  }

  private static Optional<String> path(Project project, Operation operation, String message) {
    Subject subject = operation.subject();
    return switch (subject.kind()) {
      case NETWORK -> Optional.of("networks." + subject.key());
      case VOLUME -> Optional.of("volumes." + subject.key());
      case CONTAINER ->
          Optional.ofNullable(project.services().get(subject.service()))
              .map(service -> "services." + service.name() + attribute(service, message));
    };
  }

  // The engine's messages say what it is about, with the value in double quotes: that is left out,
  // for a program may be called "report".
  private static String attribute(Service service, String message) {
    String text = QUOTED.matcher(message).replaceAll("").toLowerCase(java.util.Locale.ROOT);
    if (text.contains("program")) {
      return service.command().arguments().isPresent() || service.command().entrypoint().isEmpty()
          ? ".command"
          : ".entrypoint";
    } else if (text.contains("capability")) {
      return service.isolation().capAdd().stream().anyMatch(message::contains)
          ? ".cap_add"
          : ".cap_drop";
    } else if (text.contains("sysctl")) {
      return ".sysctls";
    } else if (text.startsWith("group ")) {
      return service.command().groups().stream().anyMatch(message::contains)
          ? ".group_add"
          : ".user";
    } else if (text.contains("port")) {
      return port(service.networking().ports(), message);
    } else if (text.contains("user") || text.contains("group")) {
      return ".user";
    } else if (text.contains("bind source") || text.contains("mount")) {
      return mount(service.mounts(), message);
    } else if (text.contains("working directory")) {
      return ".working_dir";
    } else if (text.contains("address") || text.contains("network")) {
      return ".networks";
    } else if (text.contains("image")) {
      return ".image";
    } else if (text.contains("limit")) {
      return ".mem_limit";
    }
    return "";
  }

  private static String port(List<Port> ports, String message) {
    for (int i = 0; i < ports.size(); i++) {
      String published = ports.get(i).published();
      if (!published.isEmpty()
          && java.util.Arrays.asList(message.split("\\D+", -1)).contains(published)) {
        return ".ports[" + i + "]";
      }
    }
    return ".ports";
  }

  private static String mount(List<Mount> mounts, String message) {
    for (int i = 0; i < mounts.size(); i++) {
      Mount mount = mounts.get(i);
      boolean source = !mount.source().isEmpty() && message.contains("\"" + mount.source() + "\"");
      if (source || message.contains("\"" + mount.target() + "\"")) {
        return ".volumes[" + i + "]";
      }
    }
    return ".volumes";
  }
}
