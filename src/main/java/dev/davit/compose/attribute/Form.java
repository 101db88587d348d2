package dev.davit.compose.attribute;

import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// What may be written at a place, and the rules of that place.
///
/// @param rules at most one of each sort
public record Form(Shape shape, List<Rule> rules) {
  public Form {
    rules = List.copyOf(rules);
    if (rules.stream().map(Rule::getClass).distinct().count() < rules.size()) {
      throw new IllegalArgumentException("two rules of one sort for " + shape.noun());
    }
  }

  static Form of(Shape shape) {
    return new Form(shape, List.of());
  }

  public Node check(TreePath path, Node node, Problems problems) {
    return shape.check(path, node, problems);
  }

  Form longForm(UnaryOperator<Node> change) {
    return with(new Rule.LongForm(change));
  }

  /// A later file's value takes the place of the whole, null too.
  Form replaced() {
    return merged("replaced", (_, over) -> over);
  }

  Form merged(String words, BinaryOperator<Node> change) {
    return with(new Rule.Merged(words, change));
  }

  /// Of a list of texts, each text once.
  Form unique() {
    return with(Uniqueness.ofText());
  }

  /// Of a list of mappings, each combination of these attributes once.
  Form uniqueBy(String... names) {
    return with(Uniqueness.by(List.of(names)));
  }

  Form filled(UnaryOperator<Node> change) {
    return with(new Rule.Filled(change));
  }

  /// A path on the host.
  Form onHost() {
    return onHost(
        (node, absolute) ->
            node instanceof Scalar path
                ? Scalar.text(absolute.apply(path.text()), path.place())
                : node);
  }

  Form onHost(Rule.OnHost.Change change) {
    return with(new Rule.OnHost(change));
  }

  private Form with(Rule rule) {
    var more = new ArrayList<>(rules);
    more.add(rule);
    return new Form(shape, more);
  }
}
