package dev.davit.compose.attribute;

import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What may be written at a place, and the rules of that place.
public record Form(Shape shape, List<Rule> rules) {
  public Form {
    rules = List.copyOf(rules);
  }

  static Form of(Shape shape) {
    return new Form(shape, List.of());
  }

  Node check(TreePath path, Node node, Problems problems) {
    if (node instanceof Scalar scalar) {
      remark(path, scalar, problems);
    }
    return shape.check(path, node, problems);
  }

  private void remark(TreePath path, Scalar scalar, Problems problems) {
    for (Rule rule : rules) {
      if (rule instanceof Rule.Remarked it && shape.fits(scalar)) {
        it.remark().apply(scalar).ifPresent(said -> said.tell(scalar.place(), path, problems));
      }
    }
  }

  <R extends Rule> Stream<R> rules(Class<R> sort) {
    return rules.stream().filter(sort::isInstance).map(sort::cast);
  }

  /// As [#check] for the value of a key: nothing is no problem yet.
  Node checkValue(TreePath path, Node node, Problems problems) {
    return isNothing(node) ? node : check(path, node, problems);
  }

  /// Nothing stays nothing, unless it means something here.
  Form longForm(UnaryOperator<Node> change) {
    return longForm(change, false);
  }

  /// As [#longForm], also where variables stay as written.
  Form alwaysLongForm(UnaryOperator<Node> change) {
    return longForm(change, true);
  }

  private Form longForm(UnaryOperator<Node> change, boolean raw) {
    return with(new Rule.LongForm(node -> isNothing(node) ? node : change.apply(node), raw));
  }

  /// A later file's value takes the place of the whole, null too.
  Form replaced() {
    return merged("replaced", (_, over, _) -> over);
  }

  Form merged(String words, Rule.Merged.Laying change) {
    return with(
        new Rule.Merged(
            words,
            (base, over, plainly) -> isNothing(over) ? base : change.apply(base, over, plainly)));
  }

  /// Whether nothing is written where something must be, be it in another file.
  boolean isNothing(Node node) {
    return node instanceof Scalar scalar && scalar.isNull() && !shape.fits(node);
  }

  /// Of a list of texts, each text once.
  Form unique() {
    return with(Uniqueness.ofText());
  }

  /// Of a list of texts, each once by what stands before the first `=`.
  Form uniqueByKey() {
    return with(Uniqueness.ofKey());
  }

  /// Of a list of mappings, each combination of these attributes once.
  Form uniqueBy(String... names) {
    return with(Uniqueness.by(List.of(names)));
  }

  /// Of a list, each key once.
  ///
  /// @param words for people, what the key is
  Form uniqueAs(String words, Function<Node, String> key) {
    return with(new Rule.Unique(words, key));
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

  /// Texts that mean something for which Davit does something else.
  ///
  /// @param what what such a text is: `logging driver`
  Form notYet(String what, Predicate<String> texts, String instead) {
    return except(what, texts, new Support.NotYet(instead));
  }

  /// Texts that mean something that is not here.
  ///
  /// @param what what such a text is: `mount type`
  Form noEffect(String what, Predicate<String> texts, String why) {
    return except(what, texts, new Support.NoEffect(why));
  }

  private Form except(String what, Predicate<String> texts, Support support) {
    return except(
        what,
        (_, node) ->
            node instanceof Scalar text
                    && !text.isNull()
                    && !text.text().isEmpty()
                    && texts.test(text.text())
                ? Optional.of(what + " \"" + text.text() + "\"")
                : Optional.empty(),
        support);
  }

  Form except(String values, Rule.Except.Case found, Support support) {
    return with(new Rule.Except(values, found, support));
  }

  Form remarked(Function<Scalar, Optional<Remark>> remark) {
    return with(new Rule.Remarked(remark));
  }

  private Form with(Rule rule) {
    var more = new ArrayList<>(rules);
    more.add(rule);
    return new Form(shape, more);
  }
}
