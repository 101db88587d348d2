package dev.davit.reconcile;

import dev.davit.compose.Content;
import dev.davit.compose.Grant;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.engine.FileConfig;
import dev.davit.engine.MountConfig;
import dev.davit.error.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// `secrets` and `configs`: files that lie in memory, each with its owner and mode.
final class GrantMapping {
  private static final int READABLE = 0444;

  private final Project project;
  private final String service;

  private GrantMapping(Project project, Service service) {
    this.project = project;
    this.service = "services." + service.name() + ".";
  }

  static List<MountConfig> of(Project project, Service service) {
    var mapping = new GrantMapping(project, service);
    var mounts = new ArrayList<MountConfig>();
    mounts.addAll(
        mapping.files(
            "secrets",
            service.given().secrets(),
            key -> Optional.ofNullable(project.secrets().get(key)).map(it -> it.content())));
    mounts.addAll(
        mapping.files(
            "configs",
            service.given().configs(),
            key -> Optional.ofNullable(project.configs().get(key)).map(it -> it.content())));
    return mounts;
  }

  /// What has to be handed to a container of `service`, by target.
  static Map<String, dev.davit.engine.Content> contents(Project project, Service service) {
    var contents = new LinkedHashMap<String, dev.davit.engine.Content>();
    for (MountConfig mount : of(project, service)) {
      mount
          .file()
          .flatMap(FileConfig::content)
          .ifPresent(content -> contents.put(mount.target(), content));
    }
    return contents;
  }

  private List<MountConfig> files(
      String section, List<Grant> grants, Function<String, Optional<Content>> definitions) {
    var mounts = new ArrayList<MountConfig>();
    for (int i = 0; i < grants.size(); i++) {
      Grant grant = grants.get(i);
      String kind = section.substring(0, section.length() - 1);
      var place = new Place(section, service + section + "[" + i + "]", kind, grant);
      Content content = definitions.apply(grant.source()).orElseGet(Content.Elsewhere::new);
      mounts.add(MountConfig.file(file(place, content), grant.target()));
    }
    return mounts;
  }

  /// Where it is written that a service has a file.
  private record Place(String section, String path, String kind, Grant grant) {
    String name() {
      return kind + " \"" + grant.source() + "\"";
    }

    String definition() {
      return section + "." + grant.source();
    }
  }

  private FileConfig file(Place place, Content content) {
    Grant grant = place.grant();
    int uid = id(place, "uid", grant.uid());
    int gid = id(place, "gid", grant.gid());
    int mode = grant.mode().orElse(READABLE);
    return switch (content) {
      case Content.OfFile(var path) ->
          new FileConfig(
              place.name(), Optional.of(path.toString()), "", Optional.empty(), uid, gid, mode);
      case Content.OfText(String text) -> handed(place, "the Compose file", text, uid, gid, mode);
      case Content.OfVariable(String variable, var value) ->
          handed(
              place,
              "variable \"" + variable + "\"",
              value.orElseThrow(() -> unset(place, variable)),
              uid,
              gid,
              mode);
      case Content.Elsewhere _ -> throw elsewhere(place);
    };
  }

  private static FileConfig handed(
      Place place, String origin, String text, int uid, int gid, int mode) {
    return new FileConfig(
        place.name(),
        Optional.empty(),
        origin,
        Optional.of(dev.davit.engine.Content.of(text)),
        uid,
        gid,
        mode);
  }

  private int id(Place place, String attribute, Optional<String> text) {
    String id = text.orElse("0");
    if (!id.matches("[0-9]{1,9}")) {
      throw Places.error(
          Code.INVALID_NUMBER,
          project,
          place.path() + "." + attribute,
          "%s \"%s\" of %s is no number".formatted(attribute, id, place.name()),
          "names are those of an image, which may have others: write the number");
    }
    return Integer.parseInt(id);
  }

  private RuntimeException unset(Place place, String variable) {
    return Places.error(
        Code.UNSET_VARIABLE,
        project,
        place.definition() + ".environment",
        "variable \"%s\", the content of %s, is not set".formatted(variable, place.name()),
        "set it where davit is run, or in .env");
  }

  private RuntimeException elsewhere(Place place) {
    return Places.error(
        Code.NOT_SUPPORTED,
        project,
        place.definition(),
        "%s is kept elsewhere, and Davit has no such store".formatted(place.name()),
        "say where its content is: file, environment or content");
  }
}
