package dev.davit.cli.stack;

import dev.davit.artifact.Disclosures;
import dev.davit.cli.Session;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Sequence;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What is asked before a project's files leave the machine, in docker compose's words.
///
/// @param services of the finished model, those that no profile enables too
/// @param withEnvironment whether variables and their files may go without a question
record PublishChecks(Session session, Mapping services, boolean withEnvironment) {

  /// Refuses services whose image only who builds it has.
  static void images(Mapping services) {
    List<String> unnamed =
        services.keys().stream()
            .filter(name -> services.mapping(name).has("build"))
            .filter(name -> services.mapping(name).text("image").isEmpty())
            .sorted()
            .toList();
    if (!unnamed.isEmpty()) {
      throw new DavitException(
          Kind.INVALID,
          "your Compose stack cannot be published as it only contains a build section for service(s): \""
              + String.join("\", \"", unnamed)
              + "\"",
          "name their images with image:, and push them");
    }
  }

  /// Whether all that is asked is answered with yes.
  boolean pass(Disclosures disclosures) {
    return accept(
            bindMounts(),
            """
            you are about to publish bind mounts declaration within your OCI artifact.
            only the bind mount declarations will be added to the OCI artifact (not content)
            please double check that you are not mounting potential user's sensitive directories or data\
            """,
            "Are you ok to publish these bind mount declarations?")
        && accept(
            disclosures.secrets(),
            """
            you are about to publish sensitive data within your OCI artifact.
            please double check that you are not leaking sensitive data\
            """,
            "Are you ok to publish these sensitive data?")
        && accept(
            withEnvironment ? List.of() : disclosures.environment(),
            """
            you are about to publish env-related declarations within your OCI artifact.
            values of variables with sensitive names are published as they are written, and the names of env files \
            without the files; values such as "${VAR}" are not in this list.
            Use --with-env to silence this prompt, and to publish the files too.\
            """,
            "Are you ok to publish these env declarations?")
        && accept(
            disclosures.contents(),
            "you are about to publish literal inline config content within your OCI artifact.",
            "Are you ok to publish these config contents?");
  }

  private boolean accept(List<String> findings, String about, String question) {
    if (findings.isEmpty()) {
      return true;
    }
    session.println(about);
    findings.forEach(it -> session.println("  " + it));
    return Question.ask(session, question);
  }

  private List<String> bindMounts() {
    var found = new ArrayList<String>();
    for (String name : new TreeSet<>(services.keys())) {
      if (services.mapping(name).get("volumes").orElse(null) instanceof Sequence mounts) {
        mounts.items().stream()
            .filter(Mapping.class::isInstance)
            .map(Mapping.class::cast)
            .filter(mount -> mount.text("type").filter("bind"::equals).isPresent())
            .map(mount -> name + ": " + mount.text("source").orElse("") + ":" + target(mount))
            .forEach(found::add);
      }
    }
    return found;
  }

  private static String target(Mapping mount) {
    return mount.text("target").orElse("");
  }
}
