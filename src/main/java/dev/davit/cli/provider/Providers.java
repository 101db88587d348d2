package dev.davit.cli.provider;

import dev.davit.cli.CommandEnded;
import dev.davit.cli.Session;
import dev.davit.compose.Dependency;
import dev.davit.compose.Dependency.Condition;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings up, stops and takes down what programs provide. What they say is part of what the
/// services that depend on them are, so each runs before the containers of those are planned, and
/// after what it depends on itself is there.
public final class Providers {
  private final Session session;
  private final Project project;
  private final Map<String, Service> providers;

  public Providers(Session session, Project project) {
    this.session = session;
    this.project = project;
    this.providers = Variables.providers(project);
  }

  /// Makes ready what a provider depends on.
  @FunctionalInterface
  public interface Ground {
    /// Returns when the containers are there on which `provider` depends; throws if that fails.
    ///
    /// @param project as far as it is provided, without providers
    /// @param provider depends on services of that project, at least one
    void ready(Project project, Service provider);
  }

  /// What ends a provider.
  public enum Ending {
    STOP,
    DOWN;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What is left to be done with containers.
  ///
  /// @param project without providers
  /// @param services as asked for, without providers
  /// @param jobs services of which a provider needs that they have ended well
  /// @param nothingElse only providers were asked for
  public record Provided(
      Project project, List<String> services, Set<String> jobs, boolean nothingElse) {}

  /// Runs those of `services`, or of all for none; with `--dry-run` it only says which.
  ///
  /// @param withNeeded those that the services depend on too
  public Provided up(List<String> services, boolean withNeeded, Ground ground) {
    return up(services, withNeeded, session.globals().dryRun(), ground);
  }

  /// As [#up] with `--dry-run`.
  public Provided planned(List<String> services) {
    return up(services, true, true, (_, _) -> {});
  }

  private Provided up(List<String> services, boolean withNeeded, boolean dry, Ground ground) {
    var variables = new Variables();
    List<Service> chosen = chosen(services, withNeeded);
    for (Service service : chosen) {
      if (dry) {
        session.warn(
            "provider \"%s\" is not run: without its variables, services that depend on it may look changed"
                .formatted(service.name()));
      } else {
        if (withNeeded && !containers(service).isEmpty()) {
          ground.ready(
              variables.into(project, _ -> {}), service.provided(containers(service), Map.of()));
        }
        run(service, "up", variables::add);
      }
    }
    List<String> rest = services.stream().filter(name -> !isProvider(name)).toList();
    return new Provided(
        variables.into(project, session::warn),
        rest,
        jobs(chosen),
        rest.isEmpty() && !services.isEmpty());
  }

  private Set<String> jobs(List<Service> providers) {
    var jobs = new HashSet<String>();
    for (Service provider : providers) {
      containers(provider)
          .forEach(
              (name, dependency) -> {
                if (dependency.condition() == Condition.SERVICE_COMPLETED_SUCCESSFULLY) {
                  jobs.add(name);
                }
              });
    }
    return jobs;
  }

  /// Ends those of `services`, or all for none, that depend on containers, dependents first. Those
  /// that do not know how to stop go on.
  ///
  /// @param before ends the containers of services that depend on one; is told their names
  public void end(Ending ending, List<String> services, Consumer<List<String>> before) {
    for (Service service : chosen(services, false).reversed()) {
      if (!containers(service).isEmpty()) {
        List<String> dependents = dependents(service);
        if (!dependents.isEmpty() && !session.globals().dryRun()) {
          before.accept(dependents);
        }
        end(ending, service);
      }
    }
  }

  /// Ends the others of `services`, dependents first, when all containers have ended.
  public void endRest(Ending ending, List<String> services) {
    for (Service service : chosen(services, false).reversed()) {
      if (containers(service).isEmpty()) {
        end(ending, service);
      }
    }
  }

  private void end(Ending ending, Service service) {
    if (session.globals().dryRun()) {
      session.note("provider \"" + service.name() + "\" is not run");
    } else {
      run(service, ending.word(), _ -> {});
    }
  }

  private Map<String, Dependency> containers(Service provider) {
    var all = new LinkedHashMap<>(Variables.containers(provider, providers));
    all.keySet().retainAll(project.services().keySet());
    return all;
  }

  /// The services with containers that depend on a provider, also through others.
  private List<String> dependents(Service provider) {
    return project.services().keySet().stream()
        .filter(name -> !isProvider(name))
        .filter(
            name ->
                Dependencies.ordered(project, List.of(name), true).stream()
                    .anyMatch(provider::equals))
        .toList();
  }

  private List<Service> chosen(Collection<String> services, boolean withNeeded) {
    return Dependencies.ordered(project, services, withNeeded).stream()
        .filter(service -> service.provider().isPresent())
        .toList();
  }

  private boolean isProvider(String name) {
    return providers.containsKey(name);
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
    } catch (CommandEnded e) {
      session.note("provider \"" + service.name() + "\" was interrupted");
      throw e;
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
