package dev.davit.compose.load;

import static java.util.Map.entry;

import dev.davit.compose.text.PortText;
import dev.davit.compose.text.ShellWords;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.PathTable;
import dev.davit.compose.tree.Rewrite;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Phase: every short form becomes its long form, so that what follows knows one form only.
final class Canonical {
  private static final PathTable<Rewrite> TABLE =
      PathTable.of(
          Map.ofEntries(
              entry("networks.*", Canonical::emptyMapping),
              entry("networks.*.labels", Canonical::keyValues),
              entry("services.*.annotations", Canonical::keyValues),
              entry("services.*.command", Canonical::words),
              entry("services.*.depends_on", Canonical::dependencies),
              entry("services.*.deploy", Canonical::emptyMapping),
              entry("services.*.dns", Canonical::list),
              entry("services.*.dns_search", Canonical::list),
              entry("services.*.entrypoint", Canonical::words),
              entry("services.*.env_file", Canonical::envFiles),
              entry("services.*.environment", Canonical::keyValues),
              entry("services.*.extra_hosts", HostEntries::canonical),
              entry("services.*.healthcheck.test", Canonical::test),
              entry("services.*.label_file", Canonical::list),
              entry("services.*.labels", Canonical::keyValues),
              entry("services.*.networks", Canonical::networks),
              entry("services.*.ports", Canonical::ports),
              entry("services.*.pull_policy", Canonical::pullPolicy),
              entry("services.*.sysctls", Canonical::keyValues),
              entry("services.*.tmpfs", Canonical::list),
              entry("services.*.volumes.*", Mounts::canonical),
              entry("volumes.*", Canonical::emptyMapping),
              entry("volumes.*.labels", Canonical::keyValues)));

  private Canonical() {}

  static Mapping apply(Mapping tree, Context context) {
    return (Mapping) Rewrite.all(tree, TABLE);
  }

  /// Nothing written means nothing special.
  private static Node emptyMapping(TreePath path, Node node) {
    return node instanceof Scalar ? Mapping.empty(node.place()) : node;
  }

  private static Node list(TreePath path, Node node) {
    return node instanceof Scalar ? new Sequence(List.of(node), node.place()) : node;
  }

  /// `- KEY=VALUE` becomes `KEY: VALUE`, `- KEY` becomes `KEY:`; values become text.
  private static Node keyValues(TreePath path, Node node) {
    Mapping values = Mapping.empty(node.place());
    if (node instanceof Mapping mapping) {
      return mapping.mapValues((_, value) -> asText(value));
    }
    for (Scalar item : scalars(node)) {
      int equals = item.text().indexOf('=');
      String key = equals < 0 ? item.text() : item.text().substring(0, equals);
      Node value =
          equals < 0
              ? Scalar.nothing(item.place())
              : Scalar.text(item.text().substring(equals + 1), item.place());
      values = values.with(key, value);
    }
    return values;
  }

  private static Node asText(Node node) {
    return node instanceof Scalar scalar && !scalar.isNull()
        ? Scalar.text(scalar.text(), scalar.place())
        : node;
  }

  private static Node words(TreePath path, Node node) {
    if (!(node instanceof Scalar line) || line.isNull()) {
      return node;
    }
    return texts(ShellWords.split(line.text()), line.place());
  }

  private static Node test(TreePath path, Node node) {
    return node instanceof Scalar line
        ? texts(List.of("CMD-SHELL", line.text()), line.place())
        : node;
  }

  private static Sequence texts(List<String> texts, Place place) {
    return new Sequence(texts.stream().<Node>map(it -> Scalar.text(it, place)).toList(), place);
  }

  private static Node dependencies(TreePath path, Node node) {
    if (node instanceof Mapping) {
      return node;
    }
    Mapping all = Mapping.empty(node.place());
    for (Scalar name : scalars(node)) {
      Place at = name.place();
      all =
          all.with(
              name.text(), Mapping.empty(at).with("condition", Scalar.text("service_started", at)));
    }
    return all;
  }

  private static Node networks(TreePath path, Node node) {
    if (node instanceof Mapping) {
      return node;
    }
    Mapping all = Mapping.empty(node.place());
    for (Scalar name : scalars(node)) {
      all = all.with(name.text(), Scalar.nothing(name.place()));
    }
    return all;
  }

  private static Node envFiles(TreePath path, Node node) {
    var files = new ArrayList<Node>();
    for (Node item : node instanceof Sequence list ? list.items() : List.of(node)) {
      files.add(item instanceof Scalar ? Mapping.empty(item.place()).with("path", item) : item);
    }
    return new Sequence(files, node.place());
  }

  private static Node ports(TreePath path, Node node) {
    var ports = new ArrayList<Node>();
    for (Node item : ((Sequence) node).items()) {
      if (item instanceof Scalar port) {
        PortText.parse(port.text()).forEach(it -> ports.add(port(it, port.place())));
      } else {
        ports.add(item);
      }
    }
    return new Sequence(ports, node.place());
  }

  private static Node port(PortText.Mapping port, Place at) {
    Mapping mapping =
        Mapping.empty(at)
            .with("target", new Scalar(Scalar.Type.INTEGER, "" + port.target(), at))
            .with("protocol", Scalar.text(port.protocol(), at));
    if (!port.hostIp().isEmpty()) {
      mapping = mapping.with("host_ip", Scalar.text(port.hostIp(), at));
    }
    return port.published().isEmpty()
        ? mapping
        : mapping.with("published", Scalar.text(port.published(), at));
  }

  private static Node pullPolicy(TreePath path, Node node) {
    return node instanceof Scalar policy && policy.text().equals("if_not_present")
        ? Scalar.text("missing", policy.place())
        : node;
  }

  private static List<Scalar> scalars(Node node) {
    List<Node> items = node instanceof Sequence list ? list.items() : List.of();
    return items.stream().filter(Scalar.class::isInstance).map(Scalar.class::cast).toList();
  }
}
