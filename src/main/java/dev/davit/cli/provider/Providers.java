package dev.davit.cli.provider;

import dev.davit.cli.Session;
import dev.davit.compose.Project;
import dev.davit.compose.Provider;
import dev.davit.compose.Service;
import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.format.Neutral;
import dev.davit.reconcile.Dependencies;
import dev.davit.reconcile.Places;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings up, stops and takes down what programs provide. All of them run before the containers are
/// planned: what they say is part of what the services that depend on them are.
public final class Providers {
  private final Session session;
  private final Project project;

  public Providers(Session session, Project project) {
    this.session = session;
    this.project = project;
  }

  /// What is left to be done with containers.
  ///
  /// @param project without providers
  /// @param services as asked for, without providers
  /// @param nothingElse only providers were asked for
  public record Provided(Project project, List<String> services, boolean nothingElse) {}

  /// Runs those of `services`, or of all for none; with `--dry-run` it only says which.
  ///
  /// @param withNeeded those that the services depend on too
  public Provided up(List<String> services, boolean withNeeded) {
    return up(services, withNeeded, session.globals().dryRun());
  }

  /// As [#up] with `--dry-run`.
  public Provided planned(List<String> services) {
    return up(services, true, true);
  }

  private Provided up(List<String> services, boolean withNeeded, boolean dry) {
    var variables = new Variables();
    for (Service service : chosen(services, withNeeded)) {
      warnOfOrder(service);
      if (dry) {
        session.warn(
            "provider \"%s\" is not run: without its variables, services that depend on it may look changed"
                .formatted(service.name()));
      } else {
        run(service, "up", variables::add);
      }
    }
    List<String> rest = services.stream().filter(name -> !isProvider(name)).toList();
    return new Provided(
        variables.into(project, session::warn), rest, rest.isEmpty() && !services.isEmpty());
  }

  /// Takes down those of `services`, or all for none, dependents first.
  public void down(List<String> services) {
    backwards(services, "down");
  }

  /// Stops those of `services`, or all for none, whose programs know how to, dependents first.
  public void stop(List<String> services) {
    backwards(services, "stop");
  }

  private void backwards(List<String> services, String command) {
    List<Service> chosen = chosen(services, false).reversed();
    for (Service service : chosen) {
      if (session.globals().dryRun()) {
        session.note("provider \"" + service.name() + "\" is not run");
      } else {
        run(service, command, _ -> {});
      }
    }
  }

  private List<Service> chosen(Collection<String> services, boolean withNeeded) {
    return Dependencies.ordered(project, services, withNeeded).stream()
        .filter(service -> service.provider().isPresent())
        .toList();
  }

  private boolean isProvider(String name) {
    Service service = project.services().get(name);
    return service != null && service.provider().isPresent();
  }

  private void warnOfOrder(Service service) {
    service.dependsOn().keySet().stream()
        .filter(project.services()::containsKey)
        .filter(name -> !isProvider(name))
        .forEach(
            name ->
                session.warn(
                    "provider \"%s\" runs before \"%s\", although it depends on it: providers run before containers"
                        .formatted(service.name(), name)));
  }

  private void run(Service service, String command, Consumer<Variables.Variable> variables) {
    Provider provider = service.provider().orElseThrow();
    Path program =
        ProviderProgram.find(project, provider.type())
            .orElseThrow(
                () ->
                    problem(
                        service,
                        "program of provider \"" + provider.type() + "\" not found",
                        "install it into PATH, or write its path"));
    var run = new ProviderRun(session, project);
    Metadata metadata =
        Metadata.parse(run.output(List.of(program.toString(), "compose", "metadata")));
    if (command.equals("stop") && !metadata.declares("stop")) {
      return;
    }
    List<String> missing = metadata.missing(command, provider);
    if (!missing.isEmpty()) {
      throw problem(
          service,
          "provider \"%s\" requires option \"%s\"".formatted(provider.type(), missing.getFirst()),
          "add it to its options:");
    }
    var words =
        Stream.of(
                List.of(program.toString(), "compose", "--project-name=" + project.name(), command),
                metadata.arguments(command, provider),
                List.of(service.name()))
            .flatMap(List::stream)
            .toList();
    carryOut(service, run, words, variables);
  }

  private void carryOut(
      Service service,
      ProviderRun run,
      List<String> words,
      Consumer<Variables.Variable> variables) {
    var errors = new ArrayList<String>();
    Consumer<String> shown = line -> show(service, line);
    try {
      run.messages(
          words,
          message -> {
            switch (message.type()) {
              case "error" -> errors.add(Neutral.text(message.text()));
              case "info" -> shown.accept(Neutral.text(message.text()));
              case "debug" -> {}
              case "setenv", "rawsetenv" -> variables.accept(variable(service.name(), message));
              default ->
                  throw new DavitException(
                      Kind.INVALID, "message of unknown type \"" + message.type() + "\"");
            }
          },
          shown);
    } catch (DavitException e) {
      errors.add(String.valueOf(e.getMessage()));
    }
    if (!errors.isEmpty()) {
      throw problem(
          service, "provider \"%s\": %s".formatted(service.name(), errors.getFirst()), null);
    }
  }

  private static Variables.Variable variable(String service, ProviderRun.Message message) {
    int end = message.text().indexOf('=');
    if (end <= 0) {
      throw new DavitException(
          Kind.INVALID, message.type() + " without NAME=VALUE: \"" + message.text() + "\"");
    }
    return new Variables.Variable(
        service,
        message.text().substring(0, end),
        message.text().substring(end + 1),
        message.type().equals("rawsetenv"));
  }

  private void show(Service service, String text) {
    String style = session.globals().progress();
    if (!style.equals("quiet") && !style.equals("json")) {
      session.note(service.name() + "  " + text.lines().findFirst().orElse(""));
    }
  }

  private DavitException problem(Service service, String message, @Nullable String help) {
    return Places.error(
        Code.FAILED, project, "services." + service.name() + ".provider", message, help);
  }
}
