package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.object;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import java.util.List;

/// The secrets and configs that a service is given.
final class Grants {
  static final String SECRETS = "/run/secrets/";

  /// A name, or a mapping with it as `source`.
  static final Form GRANT =
      either(
              STRING,
              object(
                  attribute("source", STRING).required(),
                  attribute("target", STRING),
                  attribute("uid", STRING),
                  attribute("gid", STRING),
                  attribute("mode", Modes.OF_FILE)))
          .alwaysLongForm(
              it -> it instanceof Scalar ? Mapping.empty(it.place()).with("source", it) : it);

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("configs", listOf(GRANT).uniqueAs("target", grant -> target(grant, "/"))),
          attribute(
              "secrets",
              listOf(GRANT.filled(Grants::withTarget))
                  .uniqueAs("target", grant -> target(grant, SECRETS))));

  private Grants() {}

  /// docker compose compares targets as they are written, and mounts two files at one.
  private static String target(Node node, String directory) {
    if (!(node instanceof Mapping grant)) {
      return "";
    }
    String target = grant.text("target").or(() -> grant.text("source")).orElse("");
    return target.startsWith("/") ? target : directory + target;
  }

  private static Node withTarget(Node node) {
    return node instanceof Mapping grant && grant.text("source").isPresent()
        ? grant.withDefault(
            "target", Scalar.text(SECRETS + grant.text("source").get(), grant.place()))
        : node;
  }
}
