package dev.davit.compose.attribute;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What to write instead of a value of the wrong kind.
final class Advice {
  private Advice() {}

  /// @param path of the value
  static @Nullable String of(Shape shape, TreePath path, Node value) {
    if (isAttribute(shape, path)) {
      return "\"" + path.last() + "\" is an attribute: indent it below a name";
    }
    return switch (value) {
      case Scalar scalar when scalar.isNull() -> forNothing(shape);
      case Scalar scalar -> forScalar(shape, scalar);
      case Sequence list -> forList(shape, list);
      case Mapping mapping -> forMapping(shape, mapping);
    };
  }

  /// Whether the name of a thing is that of one of its attributes, which then is not indented.
  private static boolean isAttribute(Shape shape, TreePath path) {
    return !path.steps().isEmpty() && names(shape).contains(path.last());
  }

  private static Set<String> names(Shape shape) {
    return shape instanceof ObjectShape object ? object.attributes().keySet() : Set.of();
  }

  private static String forNothing(Shape shape) {
    return shape instanceof ObjectShape
        ? "indent its attributes below it"
        : "write a value, or remove the line";
  }

  private static @Nullable String forScalar(Shape shape, Scalar scalar) {
    if (shape.fits(Scalar.text("", scalar.place()))) {
      return "put it in quotes: \"" + scalar.text() + "\"";
    }
    boolean keyValue = shape.noun().contains("KEY=VALUE");
    if (keyValue && scalar.text().indexOf('=') < 1) {
      return "write KEY: VALUE below it, indented";
    }
    return shape.fits(new Sequence(List.of(), scalar.place()))
        ? "write a list: [\"" + scalar.text() + "\"]"
        : null;
  }

  private static @Nullable String forList(Shape shape, Sequence list) {
    boolean one = list.items().size() == 1;
    return one && list.items().getFirst() instanceof Scalar item && shape.fits(item)
        ? "write it without a list: " + item.text()
        : null;
  }

  private static @Nullable String forMapping(Shape shape, Mapping mapping) {
    if (shape.noun().equals("KEY=VALUE")) {
      return "write \"- " + keyValue(mapping) + "\", or leave out the dash of every entry";
    }
    return shape.fits(new Sequence(List.of(), mapping.place()))
        ? "write a list: begin each item with \"- \""
        : null;
  }

  private static String keyValue(Mapping mapping) {
    if (mapping.keys().size() == 1) {
      String key = mapping.keys().iterator().next();
      if (mapping.get(key).orElseThrow() instanceof Scalar value) {
        return key + "=" + value.text();
      }
    }
    return "KEY=VALUE";
  }
}
