package dev.davit.compose.load;

import dev.davit.compose.tree.Document.Clearing;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Source.Via;
import dev.davit.error.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Phase: a service that extends another one is laid over it.
final class Extends {
  /// A service on the way from one to what it extends.
  ///
  /// @param place where it is said to be extended
  private record Link(Bases bases, String name, Place place) {
    boolean isSame(Link other) {
      return name.equals(other.name) && real().equals(other.real());
    }

    private Path real() {
      return bases.context().sources().real(bases.file());
    }
  }

  /// More than anybody writes, and less than the stack can bear.
  private static final int MAX_WAY = 100;

  private final Context context;
  private final Map<Path, Optional<Bases>> files = new HashMap<>();
  private final List<Link> way = new ArrayList<>();

  /// How many services each one that is whole was made of, but for one.
  private final IdentityHashMap<Mapping, Integer> wayTo = new IdentityHashMap<>();

  private Extends(Context context) {
    this.context = context;
  }

  static Mapping apply(Layer document, Context context) {
    Mapping tree = document.tree();
    if (!(tree.get("services").orElse(null) instanceof Mapping services)) {
      return tree;
    }
    var phase = new Extends(context);
    Bases bases = Bases.of(document, context);
    return tree.with(
        "services",
        services.mapValues(
            (name, it) ->
                it instanceof Mapping ? phase.whole(new Link(bases, name, it.place())) : it));
  }

  /// A service laid over what it extends.
  private Mapping whole(Link link) {
    Mapping known = link.bases().whole().get(link.name());
    if (known != null) {
      return known;
    }
    Mapping service = link.bases().service().apply(link.name());
    Mapping whole = service;
    if (service.get("extends").orElse(null) instanceof Mapping extension) {
      way.add(link);
      Mapping own = service.without("extends");
      whole = base(link, new View(extension)).map(it -> laid(link, it, own)).orElse(own);
      way.removeLast();
    }
    link.bases().whole().put(link.name(), whole);
    return whole;
  }

  private Mapping laid(Link link, Link base, Mapping own) {
    TreePath path = path(link);
    Mapping extended = whole(base);
    int steps = steps(extended) + 1;
    if (steps > MAX_WAY) {
      tooFar(base, link);
      return own;
    }
    Mapping under = extended.reachedBy(extendedBy(link, base.place()));
    Candidates candidates = link.bases().context().candidates();
    candidates.copy(base.bases().context().candidates(), path(base), path);
    Merge merge = Merge.of(link.bases().context(), candidates);
    List<Clearing> clearings =
        link.bases().clearings().stream().filter(it -> isBelow(it, path)).toList();
    Mapping laid = merge.parts(path, merge.cleared(path, under, clearings), own);
    wayTo.put(laid, steps);
    return laid;
  }

  private int steps(Mapping whole) {
    return wayTo.getOrDefault(whole, 0);
  }

  private static boolean isBelow(Clearing clearing, TreePath path) {
    return clearing.path().toString().startsWith(path + ".");
  }

  private static TreePath path(Link link) {
    return TreePath.of("services", link.name());
  }

  /// What a service extends; that it cannot is a problem.
  private Optional<Link> base(Link link, View extension) {
    Context at = link.bases().context();
    TreePath path = path(link).child("extends");
    if (!(extension.mapping().get("service").orElse(null) instanceof Scalar name)) {
      Place place = extension.mapping().place();
      at.problems().error(Code.MISSING_ATTRIBUTE, place, path, "attribute \"service\" is missing");
      return Optional.empty();
    }
    Optional<Bases> bases = Optional.of(link.bases());
    if (extension.mapping().get("file").orElse(null) instanceof Scalar file) {
      List<NamedFile> named = NamedFile.of(file, path.child("file"), at);
      bases = file(named, extendedBy(link, name.place()));
    }
    return bases
        .map(it -> new Link(it, name.text(), name.place()))
        .filter(it -> isDefined(it, link))
        .filter(it -> !isCycle(it, link));
  }

  private Optional<Bases> file(List<NamedFile> named, Via via) {
    return named.isEmpty()
        ? Optional.empty()
        : files.computeIfAbsent(named.getFirst().file(), _ -> ExtendedFile.read(named, via));
  }

  private static Via extendedBy(Link link, Place place) {
    return new Via("extended by service \"" + link.name() + "\"", place);
  }

  private boolean isDefined(Link base, Link link) {
    if (base.bases().names().contains(base.name())) {
      return true;
    }
    boolean here = base.bases().file().equals(link.bases().file());
    String file = context.sources().name(base.bases().file());
    error(
        Code.UNDEFINED_BASE,
        base,
        link,
        here
            ? "undefined service \"" + base.name() + "\""
            : "no service \"" + base.name() + "\" in \"" + file + "\"",
        here ? elsewhere(base.name()).orElse(nearest(base)) : nearest(base));
    return false;
  }

  private static @Nullable String nearest(Link base) {
    return Suggestion.of(base.name(), base.bases().names());
  }

  /// `extends` without a file means the same document.
  private Optional<String> elsewhere(String name) {
    return context.files().layers().layers().stream()
        .filter(it -> it.tree().mapping("services").has(name))
        .map(it -> context.sources().name(it.file()))
        .map(file -> "it is in another document: write file: " + file + " too")
        .findFirst();
  }

  private boolean isCycle(Link base, Link link) {
    List<Link> cycle = way.stream().dropWhile(it -> !it.isSame(base)).toList();
    if (cycle.isEmpty()) {
      return isTooFar(base, link);
    }
    String names =
        Stream.concat(cycle.stream(), Stream.of(base))
            .map(Link::name)
            .collect(Collectors.joining(" -> "));
    var report = error(Code.EXTENDS_CYCLE, base, link, "extends cycle " + names, null);
    // that of another file is told as the way to this one
    cycle.stream()
        .skip(1)
        .filter(it -> it.place().file().equals(base.place().file()))
        .forEach(it -> report.note("\"" + it.name() + "\" is extended here", it.place()));
    return true;
  }

  private boolean isTooFar(Link base, Link link) {
    if (way.size() <= MAX_WAY) {
      return false;
    }
    tooFar(base, link);
    return true;
  }

  private static void tooFar(Link base, Link link) {
    String message = "more than " + MAX_WAY + " services that extend one another";
    error(Code.EXTENDS_CYCLE, base, link, message, null);
  }

  private static Problems.Report error(
      Code code, Link base, Link link, String message, @Nullable String help) {
    TreePath path = path(link).child("extends");
    return link.bases().context().problems().error(code, base.place(), path, message, help);
  }
}
