package dev.davit.compose.attribute;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Rewrite;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What a value may be: checks a node, and casts text to the attribute's type.
public sealed interface Shape
    permits Shape.Single, Shape.ListOf, Shape.MapOf, Shape.Either, ObjectShape {

  /// For messages, with its article: `a duration`.
  String noun();

  /// Whether the kind of node is right, whatever is in it.
  boolean fits(Node node);

  /// The node as the attribute's type; problems are collected and leave the node as it is.
  Node read(TreePath path, Node node, Problems problems);

  /// As [#read], but a node of the wrong kind is a problem.
  default Node check(TreePath path, Node node, Problems problems) {
    if (problems.isBroken(node)) {
      return node;
    }
    if (fits(node)) {
      return read(path, node, problems);
    }
    String message = "expected " + noun() + ", found " + node.kind();
    problems.error(Code.WRONG_KIND, node.place(), path, message, Advice.of(this, path, node));
    return problems.broken(node);
  }

  /// One value.
  ///
  /// @param accepts what may be written
  record Single(String noun, Set<Scalar.Type> accepts, Cast cast) implements Shape {

    /// The value as the attribute's type.
    interface Cast {
      /// @throws MalformedException if it is none
      Scalar apply(Scalar scalar);
    }

    @Override
    public boolean fits(Node node) {
      return node instanceof Scalar scalar
          && (accepts.contains(scalar.type()) || scalar.isTemplate());
    }

    @Override
    public Node read(TreePath path, Node node, Problems problems) {
      try {
        boolean known = node instanceof Scalar scalar && !scalar.isTemplate();
        Node read = known ? cast.apply((Scalar) node) : node;
        return read.equals(node) ? node : read;
      } catch (MalformedException e) {
        problems.error(node.place(), path, e);
        return problems.broken(node);
      }
    }
  }

  /// A list of one form.
  record ListOf(String noun, Form item) implements Shape {
    @Override
    public boolean fits(Node node) {
      return node instanceof Sequence;
    }

    @Override
    public Node read(TreePath path, Node node, Problems problems) {
      return Rewrite.children(node, path, (at, it) -> item.check(at, it, problems));
    }
  }

  /// A mapping with keys of the user's own.
  ///
  /// @param key throws [MalformedException] for a key that cannot be
  /// @param listed whether its entries become items of a list, where nothing can fill a gap
  record MapOf(Consumer<String> key, Form value, boolean listed) implements Shape {
    @Override
    public String noun() {
      return "a mapping";
    }

    @Override
    public boolean fits(Node node) {
      return node instanceof Mapping;
    }

    @Override
    public Node read(TreePath path, Node node, Problems problems) {
      if (!(node instanceof Mapping mapping)) {
        return node;
      }
      for (String name : mapping.keys()) {
        try {
          key.accept(name);
        } catch (MalformedException e) {
          problems.error(mapping.keyPlace(name), path, e);
        }
      }
      return Rewrite.children(
          node,
          path,
          (at, it) -> listed ? value.check(at, it, problems) : value.checkValue(at, it, problems));
    }
  }

  /// The first of several forms that fits.
  record Either(List<Form> forms) implements Shape {
    @Override
    public String noun() {
      return forms.stream()
          .map(it -> it.shape().noun())
          .distinct()
          .collect(Collectors.joining(" or "));
    }

    @Override
    public boolean fits(Node node) {
      for (Form form : forms) {
        if (form.shape().fits(node)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Node read(TreePath path, Node node, Problems problems) {
      for (Form form : forms) {
        if (form.shape().fits(node)) {
          return form.check(path, node, problems);
        }
      }
      return node;
    }
  }
}
