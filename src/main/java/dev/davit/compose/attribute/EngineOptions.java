package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRING_MAP;

import java.util.List;

/// How the engine is to go about a container.
final class EngineOptions {
  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("cgroup_parent", STRING),
          attribute("runtime", STRING).noEffect("davit starts containers itself"),
          attribute("storage_opt", STRING_MAP)
              .noEffect(
                  "no quota is set on a writable layer: give DAVIT_ROOT a file system of its own"),
          attribute("use_api_socket", FLAG).notYet("up refuses the service"),
          attribute(
              "userns_mode",
              STRING.notYet(
                  "user namespace",
                  it -> !it.matches("|host"),
                  "the container is in the machine's")));

  private EngineOptions() {}
}
