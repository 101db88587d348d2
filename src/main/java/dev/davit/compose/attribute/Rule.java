package dev.davit.compose.attribute;

import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What a phase does to the node at a place.
public sealed interface Rule {

  /// A short form becomes the long form.
  ///
  /// @param raw whether it does where variables stay as written, as with docker compose
  record LongForm(UnaryOperator<Node> change, boolean raw) implements Rule {}

  /// How a later file changes it, where that is not how its kind is merged: mappings merge, lists
  /// append, scalars are replaced, null keeps what was there.
  ///
  /// @param words for people: `replaced`
  record Merged(String words, Laying change) implements Rule {
    public interface Laying {
      Node apply(Node base, Node over, Plainly plainly);
    }

    /// How nodes are merged where no rule says otherwise.
    public interface Plainly {
      Node merge(Node base, Node over);

      /// Two items of lists, which become the item of that index.
      Node merge(int index, Node base, Node over);
    }
  }

  /// Of the items of a list that mean the same the last one stays, at the place of the first.
  ///
  /// @param words for people, what makes items the same: `target`
  record Unique(String words, Function<Node, String> key) implements Rule {}

  /// What was left out is written down.
  record Filled(UnaryOperator<Node> change) implements Rule {}

  /// It is or has a path on the host.
  record OnHost(Change change) implements Rule {
    public interface Change {
      /// @param absolute makes a path absolute
      Node apply(Node node, UnaryOperator<String> absolute);
    }
  }

  /// Values that are right and that Davit does not honour.
  ///
  /// @param values for people, which they are: `logging driver`
  record Except(String values, Case found, Support support) implements Rule {
    public interface Case {
      /// @param key under which the node stands
      /// @return what to call it, as `logging driver "syslog"`; nothing if it is honoured
      Optional<String> of(String key, Node node);
    }
  }

  /// What is odd in the text as it is written, and not wrong.
  record Remarked(Function<Scalar, Optional<Remark>> remark) implements Rule {}
}
