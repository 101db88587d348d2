package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.BYTES;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRINGS;
import static dev.davit.compose.attribute.Forms.STRING_OR_LIST;
import static dev.davit.compose.attribute.Forms.TEXT;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.KeyValues.KEY_VALUES;
import static dev.davit.compose.attribute.KeyValues.LABELS;

import dev.davit.compose.text.ContextText;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import java.util.function.UnaryOperator;

/// `build`: how a service's image is made.
final class Build {
  private static final Form CONTEXTS = KeyValues.ASSIGNMENTS.onHost(Build::onHost);

  private static final Form LONG =
      object(
          attribute("context", STRING.onHost(Build::onHost)).otherwise("."),
          attribute("dockerfile", STRING),
          attribute("dockerfile_inline", STRING),
          attribute("args", KEY_VALUES),
          attribute("ssh", Ssh.FORM),
          attribute("labels", LABELS),
          attribute("cache_from", STRINGS),
          attribute("cache_to", STRINGS),
          attribute("no_cache", FLAG),
          attribute("no_cache_filter", STRING_OR_LIST),
          attribute("additional_contexts", CONTEXTS),
          attribute("network", STRING),
          attribute("provenance", TEXT),
          attribute("sbom", TEXT),
          attribute("pull", FLAG),
          attribute("target", STRING),
          attribute("shm_size", BYTES),
          ExtraHosts.EXTRA_HOSTS,
          attribute("isolation", STRING),
          attribute("privileged", FLAG),
          attribute("secrets", listOf(Grants.GRANT)),
          attribute("tags", STRINGS.unique()),
          attribute("ulimits", Resources.ULIMITS),
          attribute("platforms", STRINGS),
          attribute("entitlements", STRINGS));

  static final Attribute BUILD =
      attribute("build", either(STRING, LONG).alwaysLongForm(Build::longForm))
          .notYet("its image must be on this machine or in a registry")
          .unhashed();

  private Build() {}

  /// The context alone.
  private static Node longForm(Node node) {
    return node instanceof Scalar ? Mapping.empty(node.place()).with("context", node) : node;
  }

  private static Node onHost(Node node, UnaryOperator<String> absolute) {
    return switch (node) {
      case Scalar text when ContextText.isPath(text.text()) ->
          Scalar.text(absolute.apply(text.text()), text.place());
      case Mapping contexts -> contexts.mapValues((_, it) -> onHost(it, absolute));
      default -> node;
    };
  }
}
