package dev.davit.cli.stack;

import dev.davit.cli.Diagnostics;
import dev.davit.cli.Session;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.load.ComposeFileException;
import dev.davit.compose.load.ComposeLoader;
import dev.davit.compose.load.LoadOptions;
import dev.davit.compose.load.LoadRequest;
import dev.davit.compose.load.LoadResult;
import dev.davit.compose.load.Model;
import dev.davit.compose.text.Numbers;
import dev.davit.error.ArgumentException;
import dev.davit.error.Causes;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.Observer;
import dev.davit.reconcile.Unsupported;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The project that a session is about: from its files, or by its name alone.
///
/// @param project empty where there is only a name
record Stack(String name, Optional<Project> project) {
  /// The project of the session's Compose files; its warnings are printed.
  static LoadResult load(Session session, List<String> services) {
    return load(session, services, LoadOptions.ALL);
  }

  static LoadResult load(Session session, List<String> services, LoadOptions options) {
    return load(session, request(session, services), options);
  }

  private static LoadResult load(Session session, LoadRequest request, LoadOptions options) {
    LoadResult result = ComposeLoader.load(request.with(switches(session, options)));
    checkProfiles(session, result.project().profiles());
    Diagnostics.show(session, result.warnings());
    return result;
  }

  /// A profile that no service has is probably misspelt: a warning.
  private static void checkProfiles(Session session, Set<String> known) {
    for (String profile : session.globals().profiles()) {
      if (!profile.equals("*") && !known.contains(profile)) {
        Diagnostics.warn(session, ArgumentException.noSuchProfile(profile, known));
      }
    }
  }

  /// As much of the model of the session's Compose files as the options want.
  static Model model(Session session, List<String> services, LoadOptions options) {
    Model model = ComposeLoader.model(request(session, services).with(options));
    checkProfiles(session, model.profiles());
    Diagnostics.show(session, model.warnings());
    return model;
  }

  /// The finished model of all services, for who has loaded the project already: it says nothing.
  static Model whole(Session session) {
    LoadOptions options = switches(session, LoadOptions.ALL.withoutFiles());
    return ComposeLoader.model(request(session, List.of()).with(options));
  }

  /// As [#load], and what Davit cannot carry out is said: warnings are printed, errors thrown.
  static Project loadToRun(Session session, List<String> services) {
    List<String> names = ServicePatterns.names(services);
    return toRun(session, names, load(session, names).project());
  }

  /// As [#loadToRun], and what comes from a registry is asked about first.
  ///
  /// @param yes whether the answers are known
  static Project confirmedToRun(Session session, List<String> services, boolean yes) {
    List<String> names = ServicePatterns.names(services);
    var remote = new RemoteStack(session, local(session, names), RemoteStack.projects(session));
    remote.confirm(yes || session.globals().dryRun());
    return toRun(session, names, load(session, remote.request(), LoadOptions.ALL).project());
  }

  private static Project toRun(Session session, List<String> names, Project project) {
    checkServices(names, project);
    List<Problem> problems = Unsupported.of(project, names);
    Map<Severity, List<Problem>> bySeverity =
        problems.stream().collect(Collectors.groupingBy(Problem::severity));
    List<Problem> warnings = Causes.once(bySeverity.getOrDefault(Severity.WARNING, List.of()));
    if (bySeverity.containsKey(Severity.ERROR)) {
      throw new ComposeFileException(bySeverity.get(Severity.ERROR), warnings);
    }
    Diagnostics.show(session, warnings);
    return project;
  }

  /// The project of the session's files, or where there are none the one that it names. What its
  /// services' environment files say is not read: containers that exist have it already.
  static Stack find(Session session, List<String> services) {
    return find(session, services, LoadOptions.ALL.withoutFiles());
  }

  static Stack find(Session session, List<String> services, LoadOptions options) {
    List<String> names = ServicePatterns.names(services);
    return find(session, request(session, names).with(switches(session, options)));
  }

  /// As [#find], but nothing is fetched: for what is shown while somebody types.
  static Stack findHere(Session session) {
    LoadOptions options = switches(session, LoadOptions.ALL.withoutFiles());
    return find(session, local(session, List.of()).with(options));
  }

  private static Stack find(Session session, LoadRequest request) {
    Optional<String> named =
        Optional.ofNullable(session.globals().projectName())
            .or(() -> session.env("COMPOSE_PROJECT_NAME"))
            .filter(name -> !name.isEmpty());
    try {
      Project project = ComposeLoader.load(request).project();
      return new Stack(project.name(), Optional.of(project));
    } catch (ComposeFileException e) {
      throw e;
    } catch (DavitException e) {
      if (e.kind() == Kind.NOT_FOUND && named.isPresent() && session.globals().files().isEmpty()) {
        return new Stack(named.get(), Optional.empty());
      }
      throw e;
    }
  }

  /// As [#find], but nothing where neither files nor a name are there.
  static Optional<Stack> lookUp(Session session) {
    try {
      return Optional.of(find(session, List.of()));
    } catch (ComposeFileException e) {
      throw e;
    } catch (DavitException e) {
      if (e.kind() == Kind.NOT_FOUND && session.globals().files().isEmpty()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static LoadOptions switches(Session session, LoadOptions options) {
    return options.with(session.globals().allResources(), session.globals().compatibility());
  }

  /// Whether a variable of the session or of its `.env` file is on.
  static boolean isOn(Session session, Optional<Project> project, String variable) {
    return Numbers.isOn(variable(session, project, variable));
  }

  /// A variable of the session or of its `.env` file, empty where it is unset.
  static String variable(Session session, Optional<Project> project, String variable) {
    return project
        .map(known -> known.environment().get(variable))
        .or(() -> session.env(variable))
        .orElse("");
  }

  /// The services that a command means by `words`: for none those that take part. Refuses what
  /// neither the model nor a container knows.
  List<String> chosen(List<String> words, Observed observed) {
    List<String> all =
        project
            .map(known -> List.copyOf(new TreeSet<>(known.services().keySet())))
            .orElseGet(observed::services);
    if (words.isEmpty()) {
      return all;
    }
    List<String> names = ServicePatterns.expand(words, all);
    checkServices(names, observed);
    return names;
  }

  /// The services that programs stand for.
  List<String> providers() {
    return project.stream()
        .flatMap(known -> known.services().values().stream())
        .filter(service -> service.provider().isPresent())
        .map(Service::name)
        .toList();
  }

  Observed observe(Observer observer) {
    return project.map(observer::observe).orElseGet(() -> observer.observe(name));
  }

  /// Refuses a name that neither the model nor a container knows.
  void checkServices(List<String> services, Observed observed) {
    var known = new TreeSet<>(observed.services());
    project.ifPresent(
        model -> {
          known.addAll(model.services().keySet());
          known.addAll(model.disabledServices().keySet());
        });
    services.forEach(service -> check(service, known));
  }

  /// Refuses a name that the model does not know.
  static void checkServices(List<String> services, Project project) {
    services.forEach(service -> check(service, new TreeSet<>(project.services().keySet())));
  }

  private static void check(String service, TreeSet<String> known) {
    if (!known.contains(service)) {
      throw ArgumentException.noSuchService(service, known);
    }
  }

  private static LoadRequest request(Session session, List<String> services) {
    return local(session, services).reaching(RemoteStack.projects(session));
  }

  /// A request that nothing is fetched for.
  private static LoadRequest local(Session session, List<String> services) {
    return session
        .globals()
        .request(session.cwd(), session.env(), services, () -> stdin(session))
        .whileWanted(session::isOpen);
  }

  private static String stdin(Session session) {
    try {
      return ComposeLoader.stdin(session.in());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
