package dev.davit.watch;

import dev.davit.compose.Develop.Action;
import dev.davit.compose.Develop.Watch;
import dev.davit.compose.Mount;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.load.ComposeFileException;
import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import dev.davit.reconcile.Places;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The rules of some services that can be followed, and what has to be said of the others.
///
/// @param warnings of rules that are not followed
public record Rules(List<Rule> rules, List<Problem> warnings) {

  /// What has to be known of the host.
  ///
  /// @param real a path without symbolic links, as far as it exists
  /// @param text the content of a file, if there is one
  public record Host(UnaryOperator<Path> real, Function<Path, Optional<String>> text) {}

  /// @param services empty for all; INVALID where none of them has a rule that can be followed
  public static Rules of(Project project, Collection<String> services, Host host) {
    var rules = new ArrayList<Rule>();
    var warnings = new ArrayList<Problem>();
    for (Service service : project.services().values()) {
      if (services.isEmpty() || services.contains(service.name())) {
        add(project, service, host, rules, warnings);
      }
    }
    if (rules.isEmpty() && warnings.isEmpty()) {
      throw new DavitException(
          Kind.INVALID,
          "none of the selected services is configured for watch",
          "add a \"develop\" section with \"watch\" rules to a service");
    }
    if (rules.isEmpty()) {
      throw new ComposeFileException(warnings.stream().map(Problem::asError).toList());
    }
    return new Rules(List.copyOf(rules), List.copyOf(warnings));
  }

  private static void add(
      Project project, Service service, Host host, List<Rule> rules, List<Problem> warnings) {
    Optional<Path> context =
        service
            .build()
            .map(build -> build.from().context())
            .filter(it -> it.startsWith("/"))
            .map(Path::of);
    Patterns ignored =
        context
            .flatMap(it -> host.text().apply(it.resolve(".dockerignore")))
            .map(Patterns::ofFile)
            .orElse(Patterns.NONE);
    String top = context.map(host.real()).map(Path::toString).orElse("/");
    List<Watch> entries = service.develop().watch();
    for (int i = 0; i < entries.size(); i++) {
      Watch watch = entries.get(i);
      String path = "services.%s.develop.watch[%d]".formatted(service.name(), i);
      check(project, service, watch, path);
      Path root = host.real().apply(watch.path());
      var rule = Rule.of(service.name(), i, watch, root.toString(), top, ignored);
      Optional<Problem> lack = lack(project, service, rule, path);
      lack.ifPresentOrElse(warnings::add, () -> rules.add(rule));
    }
  }

  private static void check(Project project, Service service, Watch watch, String path) {
    if (watch.action() == Action.REBUILD && service.build().isEmpty()) {
      throw Places.error(
          Code.INCOMPLETE,
          project,
          path + ".action",
          "can't watch service \"%s\" with action rebuild without a build context"
              .formatted(service.name()),
          "add \"build\" to the service, or choose another action");
    }
    boolean commands = watch.exec().filter(hook -> !hook.command().isEmpty()).isPresent();
    if (watch.action() == Action.SYNC_EXEC && !commands) {
      throw Places.error(
          Code.INCOMPLETE,
          project,
          path + ".action",
          "can't watch service \"%s\" with action sync+exec without a command"
              .formatted(service.name()),
          "add exec: {command: ...} to the rule");
    }
  }

  private static Optional<Problem> lack(Project project, Service service, Rule rule, String path) {
    Path watched = rule.watch().path();
    if (rule.action() == Action.REBUILD) {
      return Optional.of(
          Places.problem(
              Code.NOT_SUPPORTED,
              project,
              Severity.WARNING,
              path + ".action",
              "\"rebuild\" waits for builds, which Davit has not yet: \"%s\" is not watched"
                  .formatted(watched),
              "with sync or sync+restart changes arrive without a build"));
    }
    boolean mounted =
        service.mounts().stream()
            .filter(mount -> mount.type() == Mount.Type.BIND)
            .anyMatch(mount -> watched.startsWith(mount.source()));
    return rule.syncs() && mounted
        ? Optional.of(
            Places.problem(
                Code.NO_EFFECT,
                project,
                Severity.WARNING,
                path + ".path",
                "\"%s\" is a bind mount of the service too, so it is not watched"
                    .formatted(watched),
                "remove the rule or the mount"))
        : Optional.empty();
  }

  /// Whether something in the directory `path` may mean something.
  public boolean enters(String path) {
    return rules.stream().anyMatch(rule -> rule.enters(path));
  }

  /// What is watched.
  public List<String> roots() {
    return rules.stream().map(Rule::root).distinct().toList();
  }
}
