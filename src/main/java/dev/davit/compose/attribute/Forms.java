package dev.davit.compose.attribute;

import static dev.davit.compose.tree.Scalar.Type.BOOL;
import static dev.davit.compose.tree.Scalar.Type.DECIMAL;
import static dev.davit.compose.tree.Scalar.Type.INTEGER;
import static dev.davit.compose.tree.Scalar.Type.NULL;

import dev.davit.compose.text.Bytes;
import dev.davit.compose.text.Durations;
import dev.davit.compose.text.IpText;
import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.text.PrintedNumber;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The forms that many attributes share, and what forms are made with.
final class Forms {
  private static final Set<Scalar.Type> NUMBERS = EnumSet.of(Scalar.Type.TEXT, INTEGER, DECIMAL);
  private static final Set<Scalar.Type> VALUES =
      EnumSet.of(Scalar.Type.TEXT, INTEGER, DECIMAL, BOOL);

  static final Form STRING = single("a string", EnumSet.of(Scalar.Type.TEXT), it -> it);
  static final Form NOTHING = single("nothing", EnumSet.of(NULL), it -> it);
  static final Form FLAG =
      single(
              "true or false",
              EnumSet.of(Scalar.Type.TEXT, BOOL),
              it -> Scalar.bool(Numbers.flag(it.text()), it.place()))
          .remarked(Forms::otherWord);
  static final Form WHOLE = cast("a whole number", INTEGER, it -> "" + Numbers.whole(it));
  static final Form SMALL = cast("a whole number", INTEGER, Forms::small);
  static final Form DECIMALS = cast("a number", DECIMAL, Numbers::decimal);
  static final Form BYTES = cast("a size in bytes", Scalar.Type.TEXT, it -> "" + Bytes.parse(it));
  static final Form DURATION =
      cast("a duration", Scalar.Type.TEXT, it -> Durations.print(Durations.parse(it)));
  static final Form ADDRESS = checked("an address", IpText::check);

  /// A string, or a number for which quotes were forgotten.
  static final Form STRING_OR_NUMBER = single("a string", NUMBERS, Forms::asText);

  static final Form STRINGS = listOf("a list of strings", STRING);

  static final Form STRING_OR_LIST = oneOrMore("a list of strings", STRING);

  /// One value of any sort, as text.
  static final Form TEXT = single("a single value", VALUES, Forms::asText);

  static final Form STRING_MAP = mapOf(TEXT);

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]+");

  /// A flag in YAML 1.1, text in YAML 1.2.
  private static final Set<String> OTHER_WORDS = Set.of("y", "yes", "on", "n", "no", "off");

  private Forms() {}

  static Form object(Attribute... attributes) {
    return Form.of(ObjectShape.of(List.of(attributes)));
  }

  static Form either(Form... forms) {
    return Form.of(new Shape.Either(List.of(forms)));
  }

  static Form listOf(Form item) {
    return listOf("a list", item);
  }

  static Form listOf(String noun, Form item) {
    return Form.of(new Shape.ListOf(noun, item));
  }

  /// One item alone is a list of one.
  ///
  /// @param list what a list of them is called
  static Form oneOrMore(String list, Form item) {
    return either(Form.of(item.shape()), listOf(list, item)).longForm(Forms::list);
  }

  /// As [#oneOrMore], a list also where variables stay as written.
  static Form alwaysList(Form item) {
    return either(Form.of(item.shape()), listOf("a list of strings", item))
        .alwaysLongForm(Forms::list);
  }

  private static Node list(Node node) {
    return node instanceof Scalar ? new Sequence(List.of(node), node.place()) : node;
  }

  static Form mapOf(Form value) {
    return mapOf(_ -> {}, value);
  }

  /// @param key throws [MalformedException] for a key that cannot be
  static Form mapOf(Consumer<String> key, Form value) {
    return Form.of(new Shape.MapOf(key, value, false));
  }

  /// Things that the user names: services, networks, volumes.
  static Form named(Form value) {
    return mapOf(Forms::name, value);
  }

  private static void name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw MalformedException.invalid(
          Code.INVALID_NAME, "name", text, "use letters, digits, dots, hyphens and underscores");
    }
  }

  /// Nothing written is the same as nothing special.
  static Form orNothing(Form mapping) {
    return either(mapping, NOTHING)
        .longForm(it -> it instanceof Scalar ? Mapping.empty(it.place()) : it)
        .merged("by key", (base, over, plainly) -> plainly.merge(base, over));
  }

  /// @param accepts what may be written
  static Form single(String noun, Set<Scalar.Type> accepts, Shape.Single.Cast cast) {
    return Form.of(new Shape.Single(noun, accepts, cast));
  }

  /// A string that a check lets pass.
  static Form checked(String noun, Consumer<String> check) {
    return single(
        noun,
        EnumSet.of(Scalar.Type.TEXT),
        it -> {
          check.accept(it.text());
          return it;
        });
  }

  /// As [#checked], or empty, which is the same as not written: what an unset variable leaves.
  static Form checkedOrEmpty(String noun, Consumer<String> check) {
    return checked(
        noun,
        text -> {
          if (!text.isEmpty()) {
            check.accept(text);
          }
        });
  }

  /// One of a few words.
  static Form word(String what, String... words) {
    return word(what, List.of(words));
  }

  static Form word(String what, List<String> words) {
    return checked(oneOf(words), text -> known(what, text, words));
  }

  /// As [#word], or empty, which is the same as not written.
  static Form wordOrEmpty(String what, List<String> words) {
    return checkedOrEmpty(oneOf(words), text -> known(what, text, words));
  }

  private static String oneOf(List<String> words) {
    return "one of " + String.join(", ", words);
  }

  private static void known(String what, String text, List<String> words) {
    if (!words.contains(text)) {
      String nearest = Suggestion.of(text, words);
      throw MalformedException.invalid(
          Code.UNKNOWN_WORD,
          what,
          text,
          nearest == null ? "write " + String.join(", ", words) : nearest);
    }
  }

  /// Text, or a number as it is printed, as the text that `change` makes of it.
  static Form cast(String noun, Scalar.Type type, UnaryOperator<String> change) {
    return single(
        noun, NUMBERS, it -> new Scalar(type, change.apply(asText(it).text()), it.place()));
  }

  /// YAML 1.1 has many words for a flag, YAML 1.2 two.
  private static Optional<Remark> otherWord(Scalar scalar) {
    String text = scalar.text();
    return OTHER_WORDS.contains(text.toLowerCase(Locale.ROOT))
        ? Optional.of(
            new Remark(
                Code.FLAG_WORD,
                "\"" + text + "\" is read as " + Numbers.flag(text),
                "write " + Numbers.flag(text)))
        : Optional.empty();
  }

  private static String small(String text) {
    long number = Numbers.whole(text);
    if (number != (int) number) {
      throw MalformedException.invalid(Code.OUT_OF_RANGE, "whole number", text, "it is too large");
    }
    return "" + number;
  }

  /// A value where text is meant, as docker makes text of it: `0x1F` becomes "31".
  static Scalar asText(Scalar scalar) {
    String text =
        switch (scalar.type()) {
          case INTEGER, DECIMAL -> PrintedNumber.yaml(scalar.text());
          case BOOL -> scalar.text().toLowerCase(Locale.ROOT);
          case TEXT, TEMPLATE, NULL -> scalar.text();
        };
    return Scalar.text(text, scalar.place());
  }

  static List<Scalar> scalars(Node list) {
    List<Node> items = list instanceof Sequence it ? it.items() : List.of();
    return items.stream().filter(Scalar.class::isInstance).map(Scalar.class::cast).toList();
  }
}
