package dev.davit.compose.tree;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Unwritable;
import dev.davit.compose.tree.Mapping.Entry;
import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;

/// The events of a YAML text become trees; aliases and merge keys are resolved on the way. An alias
/// is the anchored node itself, not a copy: what a file says once is in memory once.
final class TreeBuilder {
  /// Nothing more is read of a text that is too deep, which may go on like that for long.
  static final class TooDeepException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// More than anybody writes, and less than the stack of a phase can bear.
  private static final int MAX_DEPTH = 100;

  /// How many nodes aliases may add; the phases visit them all.
  private static final int MAX_ALIASED = 500_000;

  private final Parser events;
  private final Source file;
  private final Problems problems;
  private Tags tags;

  /// Of all documents, as with docker. Null for an anchor whose node is being read.
  private final Map<String, @Nullable Node> anchors = new HashMap<>();

  /// Each key once, however often it is written.
  private final Map<String, String> keys = new HashMap<>();

  private int depth;
  private int aliased;

  TreeBuilder(Parser events, Source file, Problems problems) {
    this.events = events;
    this.file = file;
    this.problems = problems;
    this.tags = new Tags(problems);
  }

  /// Adds the documents of the text as they are read; empty ones are left out.
  void readInto(List<Document> documents) {
    events.getEvent();
    while (!events.checkEvent(Event.ID.StreamEnd)) {
      events.getEvent();
      tags = new Tags(problems);
      Node tree = node(TreePath.ROOT, null);
      if (!(tree instanceof Scalar scalar && scalar.isNull())) {
        documents.add(tags.document(tree));
      }
      events.getEvent();
    }
  }

  /// @param key where the key of the node stands, if it has one
  private Node node(TreePath path, @Nullable Place key) {
    problems.checkWanted();
    var event = (NodeEvent) events.getEvent();
    String anchor = event.getAnchor();
    if (event instanceof AliasEvent) {
      return alias(anchor, path, place(event, event), key);
    }
    if (anchor == null) {
      return content(event, path, key);
    }
    anchors.put(anchor, null);
    Node node = content(event, path, key);
    anchors.put(anchor, node);
    return node;
  }

  private Node content(NodeEvent event, TreePath path, @Nullable Place key) {
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar, path, key);
    }
    if (depth == MAX_DEPTH) {
      tooDeep(path, place(event, event));
      throw new TooDeepException();
    }
    depth++;
    boolean mapping = event instanceof MappingStartEvent;
    Map<String, Entry> entries = mapping ? entries(path) : Map.of();
    List<Node> items = mapping ? List.of() : items(path);
    depth--;
    Event end = events.getEvent();
    Place place = key == null ? place(event, end) : key;
    Node node = mapping ? new Mapping(entries, place) : new Sequence(items, place);
    return tags.mark(node, ((CollectionStartEvent) event).getTag(), place(event, event), path);
  }

  private Node scalar(ScalarEvent scalar, TreePath path, @Nullable Place key) {
    Place own = place(scalar, scalar);
    Scalar node;
    try {
      node = CoreSchema.read(scalar, own);
      Unwritable.check(node.text());
    } catch (MalformedException e) {
      problems.error(own, path, e);
      node = problems.broken(Scalar.nothing(own));
    }
    Scalar placed = node.isNull() && key != null ? Scalar.nothing(key) : node;
    return tags.mark(placed, scalar.getTag(), own, path);
  }

  private Node alias(String name, TreePath path, Place own, @Nullable Place key) {
    Place place = key == null ? own : key;
    Node node = anchors.get(name);
    if (node == null) {
      String message =
          anchors.containsKey(name)
              ? "alias inside its own anchor"
              : "alias \"*" + name + "\" without \"&" + name + "\" above it";
      problems.error(Code.ALIAS, own, path, message);
    }
    if (node == null || aliased > MAX_ALIASED) {
      return problems.broken(Scalar.nothing(place));
    }
    Extent extent = Extent.of(node);
    if (depth + extent.height() > MAX_DEPTH) {
      return tooDeep(path, own);
    }
    aliased += extent.nodes();
    if (aliased > MAX_ALIASED) {
      problems.error(Code.ALIAS, own, path, "aliases make the document too large");
    }
    return switch (node) {
      case Mapping mapping -> tags.same(mapping.at(place), node);
      case Sequence list -> tags.same(new Sequence(list.items(), place), node);
      case Scalar scalar -> scalar;
    };
  }

  private Node tooDeep(TreePath path, Place place) {
    problems.error(Code.YAML_SYNTAX, place, path, "more than " + MAX_DEPTH + " levels of nesting");
    return problems.broken(Scalar.nothing(place));
  }

  private List<Node> items(TreePath path) {
    var items = new ArrayList<Node>();
    while (!events.checkEvent(Event.ID.SequenceEnd)) {
      items.add(node(path.item(items.size()), null));
    }
    return items;
  }

  private Map<String, Entry> entries(TreePath path) {
    var own = new LinkedHashMap<String, Entry>();
    var merged = new MergedKeys(problems, path);
    while (!events.checkEvent(Event.ID.MappingEnd)) {
      Event key = events.peekEvent();
      Place at = place(key, key);
      if (CoreSchema.isMerge(key)) {
        events.getEvent();
        merged.add(at, node(path, at));
      } else {
        entry(path, at, own);
      }
    }
    merged.entries().forEach(own::putIfAbsent);
    return own;
  }

  private void entry(TreePath path, Place at, Map<String, Entry> entries) {
    Node written = node(path, null);
    String text = written instanceof Scalar scalar ? scalar.text() : "";
    String key = keys.computeIfAbsent(text, same -> same);
    Node value = node(path.child(key), at);
    if (!(written instanceof Scalar scalar) || scalar.type() != Scalar.Type.TEXT) {
      problems.error(
          Code.KEY_NOT_TEXT, at, path, "key must be a string, found " + written.kind(), help(key));
      return;
    }
    Entry first = entries.putIfAbsent(key, new Entry(at, value));
    if (first != null) {
      problems
          .error(Code.DUPLICATE_KEY, at, path, "duplicate key \"" + key + "\"", "remove one")
          .note("first defined here", first.key());
    }
  }

  private static @Nullable String help(String key) {
    return key.isEmpty() ? "write the name of something" : "put it in quotes: \"" + key + "\"";
  }

  private Place place(Event first, Event last) {
    Mark start = first.getStartMark();
    Mark end = last.getEndMark();
    boolean oneLine = start.getLine() == end.getLine();
    int behind = oneLine ? end.getColumn() + 1 : Integer.MAX_VALUE;
    return new Place(file, start.getLine() + 1, start.getColumn() + 1, behind);
  }
}
