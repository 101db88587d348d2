package dev.davit.compose.load;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Template;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems.Origin;
import dev.davit.compose.tree.Rewrite;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Phase: variables in values, never in keys, become what they mean.
final class Interpolation {
  /// Of one value: a search through all of it for each of its variables takes too long.
  private static final int LOCATED = 100;

  private final Context context;

  private Interpolation(Context context) {
    this.context = context;
  }

  static Mapping apply(Mapping tree, Context context) {
    return (Mapping) new Interpolation(context).node(TreePath.ROOT, tree);
  }

  private Node node(TreePath path, Node node) {
    return node instanceof Scalar scalar
        ? scalar(path, scalar)
        : Rewrite.children(node, path, this::node);
  }

  private Node scalar(TreePath path, Scalar scalar) {
    if (scalar.type() != Scalar.Type.TEXT || scalar.text().indexOf('$') < 0) {
      return scalar;
    }
    var used = new LinkedHashSet<String>();
    try {
      String text = Template.expand(scalar.text(), variables(path, scalar, used));
      context.problems().addOrigins(scalar.place(), origins(used));
      return Scalar.text(text, scalar.place());
    } catch (MalformedException e) {
      context.problems().error(scalar.place(), path, e);
      return context.problems().broken(scalar);
    }
  }

  /// Who set the variables of a value.
  private List<Origin> origins(Set<String> names) {
    var origins = new ArrayList<Origin>();
    for (String name : names) {
      context.files().environment().given(name).stream()
          .findFirst()
          .map(it -> new Origin(said(name, it.value()), it.said()))
          .ifPresent(origins::add);
    }
    return origins;
  }

  private static String said(String name, String value) {
    return "variable \"" + name + "\" is \"" + value + "\"";
  }

  /// @param used those that are asked for are added
  private Template.Variables variables(TreePath path, Scalar scalar, Set<String> used) {
    return new Template.Variables() {
      private int missed;

      @Override
      public @Nullable String get(String name) {
        used.add(name);
        return name.equals("COMPOSE_PROJECT_NAME")
            ? context.projectName()
            : context.environment().get(name);
      }

      @Override
      public void unset(String name, int offset) {
        Place place =
            missed++ < LOCATED
                ? context.problems().lines().variable(scalar, name, offset)
                : scalar.place();
        context.unset().add(name, place, path, scalar.text());
      }
    };
  }
}
