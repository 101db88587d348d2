package dev.davit.cli.stack;

import dev.davit.artifact.ProjectCache;
import dev.davit.artifact.RemoteProjects;
import dev.davit.cli.Session;
import dev.davit.cli.login.RegistryAccess;
import dev.davit.compose.load.ComposeLoader;
import dev.davit.compose.load.Environment.Given;
import dev.davit.compose.load.LoadOptions;
import dev.davit.compose.load.LoadRequest;
import dev.davit.compose.load.Model;
import dev.davit.compose.text.Template.Mention;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Place;
import dev.davit.format.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A project that comes from a registry, and the questions before it runs.
///
/// @param here the request without what is fetched
/// @param projects what is fetched for the questions and for running: the same
record RemoteStack(Session session, LoadRequest here, RemoteProjects projects) {

  /// The projects of registries as a session reaches them; what was fetched lies in its user's
  /// cache.
  static RemoteProjects projects(Session session) {
    Path home = session.cwd().resolve(session.env("HOME").orElse("/root"));
    Path caches =
        session
            .env("XDG_CACHE_HOME")
            .filter(it -> it.startsWith("/"))
            .map(Path::of)
            .orElseGet(() -> home.resolve(".cache"));
    return new RemoteProjects(
        () -> RegistryAccess.open(session), new ProjectCache(caches.resolve("davit").normalize()));
  }

  LoadRequest request() {
    return here.reaching(projects);
  }

  /// Says what the project would see of the environment, and goes on with yes only. Nothing is
  /// asked about files of this machine.
  ///
  /// @param yes whether the answers are known
  void confirm(boolean yes) {
    if (yes || !asked().contains("oci://")) {
      return;
    }
    Model model = ComposeLoader.model(request().with(LoadOptions.ALL.raw().withoutFiles()));
    confirmOthers();
    Map<String, Mention> variables = model.variables();
    if (!variables.isEmpty()) {
      session.println("\nFound the following variables in configuration:");
      session.print(table(variables, model));
      insist(Question.suggest(session, "\nDo you want to proceed with these variables?"));
    }
  }

  /// The files that the command is about, as they were written.
  private String asked() {
    return here.files().isEmpty()
        ? session.env("COMPOSE_FILE").orElse("")
        : String.join("\n", here.files());
  }

  private void confirmOthers() {
    List<String> others =
        projects.names().stream().filter(name -> !asked().contains(name)).toList();
    if (!others.isEmpty()) {
      session.println("\nWarning: This Compose project includes files from remote sources:");
      others.forEach(name -> session.println("  - " + name));
      session.println(
          "\nRemote includes could potentially be malicious. Make sure you trust the source.");
      insist(Question.ask(session, "Do you want to continue?"));
    }
  }

  private static void insist(boolean yes) {
    if (!yes) {
      throw new DavitException(
          Kind.INVALID, "operation cancelled by user", "answer y; \"davit up --yes\" does not ask");
    }
  }

  private String table(Map<String, Mention> variables, Model model) {
    var table = new Table("VARIABLE", "VALUE", "SOURCE", "REQUIRED", "DEFAULT");
    variables.forEach((name, mention) -> add(table, mention, model.environment().given(name)));
    return table.print();
  }

  private static void add(Table table, Mention mention, List<Given> given) {
    String name = mention.name();
    String otherwise = mention.otherwise();
    String required = mention.required() ? "yes" : "no";
    if (!given.isEmpty()) {
      String source = given.getFirst().place().map(Place::file).orElse("environment");
      table.add(name, given.getFirst().value(), source, required, otherwise);
    } else if (otherwise.isEmpty()) {
      table.add(name, "<unset>", "none", required, otherwise);
    } else {
      table.add(name, otherwise, "compose file", required, otherwise);
    }
  }
}
