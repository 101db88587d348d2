package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.named;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.PathTable;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Rewrite;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/// The attribute table of the Compose file, and what phases make of a tree by it.
public final class Schema {
  private static final ObjectShape FILE =
      ObjectShape.of(
          List.of(
              attribute("name", STRING),
              attribute("version", STRING).noEffect("it is obsolete"),
              attribute("services", named(Form.of(Services.SERVICE))),
              attribute("networks", named(TopLevelNetworks.NETWORK)),
              attribute("volumes", named(TopLevelVolumes.VOLUME)),
              attribute("secrets", named(TopLevelFiles.SECRET)),
              attribute("configs", named(TopLevelFiles.CONFIG)),
              Composition.INCLUDE,
              attribute("models", named(Models.MODEL))));

  private static final Spots SPOTS = Spots.of(FILE);
  private static final PathTable<Rule.LongForm> LONG_FORMS = SPOTS.rules(Rule.LongForm.class);
  private static final PathTable<Rule.Merged> MERGES = SPOTS.rules(Rule.Merged.class);
  private static final PathTable<Rule.Merged> RAW_MERGES = SPOTS.rawMerges();
  private static final PathTable<Rule.Unique> UNIQUE = SPOTS.rules(Rule.Unique.class);
  private static final PathTable<Rule.Filled> FILLED = SPOTS.rules(Rule.Filled.class);
  private static final PathTable<Rule.OnHost> ON_HOST = SPOTS.rules(Rule.OnHost.class);
  private static final PathTable<List<Rule.Except>> EXCEPTIONS = SPOTS.exceptions();
  private static final PathTable<Form> VALUES = SPOTS.values();
  private static final PathTable<ObjectShape> OBJECTS = SPOTS.objects(_ -> true);
  private static final PathTable<ObjectShape> MANDATORY = SPOTS.objects(Attribute::mandatory);
  private static final PathTable<ObjectShape> WITH_DEFAULTS =
      SPOTS.objects(it -> it.otherwise().isPresent());

  /// Ways from a service to what its hash leaves out.
  private static final List<List<String>> UNHASHED =
      SPOTS.rows().stream()
          .filter(row -> !row.attribute().hashed())
          .map(row -> List.of(row.pattern().split("\\.", -1)))
          .map(steps -> steps.subList(2, steps.size()))
          .toList();

  private Schema() {}

  /// Every attribute, in the order of the table.
  public static List<Row> rows() {
    return SPOTS.rows();
  }

  /// How a later file changes what an earlier one says.
  public static PathTable<Rule.Merged> merges() {
    return MERGES;
  }

  /// As [#merges], of documents in which variables stay as written.
  public static PathTable<Rule.Merged> rawMerges() {
    return RAW_MERGES;
  }

  /// Every attribute is known and of its type; numbers in quotes become numbers.
  public static Mapping checked(Mapping tree, Problems problems) {
    return (Mapping) FILE.check(TreePath.ROOT, tree, problems);
  }

  /// Every short form becomes its long form, so that what follows knows one form only.
  public static Mapping inLongForm(Mapping tree) {
    return (Mapping) Rewrite.all(tree, LONG_FORMS, (rule, _, node) -> inLongForm(rule, node));
  }

  /// As [#inLongForm], only what docker compose changes where variables stay as written.
  public static Mapping inRawForm(Mapping tree) {
    return (Mapping)
        Rewrite.all(
            tree, LONG_FORMS, (rule, _, node) -> rule.raw() ? inLongForm(rule, node) : node);
  }

  /// What has variables in it that nobody replaced may have no long form: it stays as written.
  private static Node inLongForm(Rule.LongForm rule, Node node) {
    try {
      return rule.change().apply(node);
    } catch (MalformedException e) {
      return node;
    }
  }

  /// Of list items that mean the same thing the last one stays, at the place of the first.
  ///
  /// @param lost is told of those whose place another one takes
  public static Mapping withoutRepetitions(Mapping tree, BiConsumer<TreePath, Node> lost) {
    return (Mapping)
        Rewrite.all(tree, UNIQUE, (rule, path, node) -> Uniqueness.apply(rule, path, node, lost));
  }

  /// What has a key has a value: what one file leaves out another one can say.
  public static Mapping valued(Mapping tree, Problems problems) {
    return (Mapping)
        Rewrite.all(
            tree,
            VALUES,
            (form, path, node) -> form.isNothing(node) ? form.check(path, node, problems) : node);
  }

  /// Required attributes are there. List items in which one is missing are left out, so that what
  /// follows knows complete ones only.
  public static Mapping complete(Mapping tree, Problems problems) {
    Set<Node> incomplete = Collections.newSetFromMap(new IdentityHashMap<>());
    Mapping checked =
        inObjects(
            tree,
            MANDATORY,
            (object, path, mapping) -> {
              if (!object.complete(path, mapping, problems)) {
                incomplete.add(mapping);
              }
              return mapping;
            });
    return incomplete.isEmpty() ? checked : (Mapping) withoutItems(checked, incomplete);
  }

  private static Node withoutItems(Node node, Set<Node> items) {
    return switch (node) {
      case Mapping mapping -> mapping.mapValues((_, value) -> withoutItems(value, items));
      case Sequence list ->
          new Sequence(
              list.items().stream()
                  .filter(item -> !items.contains(item))
                  .map(item -> withoutItems(item, items))
                  .toList(),
              list.place());
      case Scalar scalar -> scalar;
    };
  }

  /// What the specification says about attributes that were left out is written down.
  public static Mapping withDefaults(Mapping tree) {
    Node opened = Rewrite.all(tree, FILLED, (rule, _, node) -> rule.change().apply(node));
    return inObjects((Mapping) opened, WITH_DEFAULTS, (object, _, mapping) -> object.fill(mapping));
  }

  /// What is written and not honoured is told, once for each cause.
  public static Mapping honoured(Mapping tree, Problems problems) {
    Rewrite.all(
        tree,
        EXCEPTIONS,
        (rules, path, node) -> {
          rules.forEach(
              rule ->
                  rule.found()
                      .of(path.last(), node)
                      .flatMap(rule.support()::about)
                      .ifPresent(it -> it.tell(node.place(), path, problems)));
          return node;
        });
    return inObjects(
        tree,
        OBJECTS,
        (object, path, mapping) -> {
          object.tell(path, mapping, problems);
          return mapping;
        });
  }

  private interface InObject {
    Mapping apply(ObjectShape object, TreePath path, Mapping mapping);
  }

  private static Mapping inObjects(Mapping tree, PathTable<ObjectShape> objects, InObject change) {
    return (Mapping)
        Rewrite.all(
            tree,
            objects,
            (object, path, node) ->
                node instanceof Mapping mapping ? change.apply(object, path, mapping) : node);
  }

  /// A service without what says when, how many or from where, not what: a change of that keeps its
  /// containers.
  public static Mapping hashed(Mapping service) {
    Mapping hashed = service;
    for (List<String> steps : UNHASHED) {
      hashed = without(hashed, steps);
    }
    return hashed;
  }

  private static Mapping without(Mapping mapping, List<String> steps) {
    String first = steps.getFirst();
    if (steps.size() == 1) {
      return mapping.without(first);
    }
    return mapping.get(first).orElse(null) instanceof Mapping inside
        ? mapping.with(first, without(inside, steps.subList(1, steps.size())))
        : mapping;
  }

  /// Paths on the host become absolute.
  public static Mapping withPaths(Mapping tree, UnaryOperator<String> absolute) {
    return (Mapping)
        Rewrite.all(tree, ON_HOST, (rule, _, node) -> rule.change().apply(node, absolute));
  }
}
