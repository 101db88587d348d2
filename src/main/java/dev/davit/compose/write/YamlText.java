package dev.davit.compose.write;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A tree as YAML that YAML 1.1 and 1.2 read alike.
final class YamlText {
  /// Text that some reader takes for something else than text.
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "|~|null|true|false|yes|no|on|off|y|n|<<|="
              + "|[-+]?([0-9][0-9_]*)?\\.?[0-9_]*(e[-+]?[0-9]+)?|0[xob][0-9a-f_]+"
              + "|[-+]?\\.(inf|nan)"
              + "|[-+]?[0-9]+(:[0-9]+)+(\\.[0-9]*)?" // base 60
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*",
          Pattern.CASE_INSENSITIVE);

  private YamlText() {}

  static String of(Node tree) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setSplitLines(false);
    var out = new StringWriter();
    new Yaml(options).serialize(node(tree), out);
    return out.toString();
  }

  private static org.yaml.snakeyaml.nodes.Node node(Node node) {
    return switch (node) {
      case Mapping mapping -> {
        List<NodeTuple> tuples =
            mapping.entries().entrySet().stream()
                .map(it -> new NodeTuple(text(it.getKey()), node(it.getValue().value())))
                .toList();
        FlowStyle style = tuples.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
        yield new MappingNode(Tag.MAP, tuples, style);
      }
      case Sequence list -> {
        List<org.yaml.snakeyaml.nodes.Node> items =
            list.items().stream().map(YamlText::node).toList();
        FlowStyle style = items.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
        yield new SequenceNode(Tag.SEQ, items, style);
      }
      case Scalar scalar -> scalar(scalar);
    };
  }

  private static ScalarNode scalar(Scalar scalar) {
    return switch (scalar.type()) {
      case TEXT -> text(scalar.text());
      case NULL -> plain(Tag.NULL, "null");
      case BOOL -> plain(Tag.BOOL, scalar.text());
      case INTEGER -> plain(Tag.INT, scalar.text());
      case DECIMAL -> plain(scalar.text().contains(".") ? Tag.FLOAT : Tag.INT, scalar.text());
    };
  }

  private static ScalarNode plain(Tag tag, String text) {
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }

  private static ScalarNode text(String text) {
    ScalarStyle style =
        AMBIGUOUS.matcher(text).matches()
            ? ScalarStyle.DOUBLE_QUOTED
            : text.contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.PLAIN;
    return new ScalarNode(Tag.STR, text, null, null, style);
  }
}
