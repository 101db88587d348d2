package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.TextException;
import dev.davit.format.Struct;
import dev.davit.format.Template;
import dev.davit.image.Image;
import dev.davit.image.ImageConfig;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What each line of a container's log says about the container, as its log options ask: docker's
/// `attrs`; pure.
final class LogAttributes {
  private LogAttributes() {}

  private static final Set<String> OPTIONS =
      Set.of("labels", "labels-regex", "env", "env-regex", "tag");

  /// Whether there is anything to say at all.
  static boolean asked(Definition definition) {
    return !Collections.disjoint(definition.config().log().options().keySet(), OPTIONS);
  }

  /// Labels, variables and tag, by name. Throws INVALID for an expression or a template that is
  /// none.
  ///
  /// @param image empty where it has been removed meanwhile
  static Map<String, String> of(Definition definition, Optional<Image> image) {
    ImageConfig effective = EffectiveConfig.of(definition.config(), image.map(Image::config));
    Map<String, String> options = definition.config().log().options();
    var attributes = new TreeMap<String, String>();
    select(options, "labels", effective.labels(), attributes);
    select(options, "env", variables(effective.env()), attributes);
    String tag = options.getOrDefault("tag", "");
    if (!tag.isEmpty()) {
      attributes.put("tag", tag(tag, definition, effective));
    }
    return attributes;
  }

  private static Map<String, String> variables(List<String> env) {
    var variables = new LinkedHashMap<String, String>();
    for (String variable : env) {
      int end = variable.indexOf('=');
      if (end > 0) {
        variables.put(variable.substring(0, end), variable.substring(end + 1));
      }
    }
    return variables;
  }

  // What the list `option` names, and what its expression finds.
  private static void select(
      Map<String, String> options,
      String option,
      Map<String, String> from,
      Map<String, String> into) {
    List<String> names = Arrays.asList(options.getOrDefault(option, "").split(",", -1));
    String expression = options.getOrDefault(option + "-regex", "");
    Predicate<String> found =
        expression.isEmpty() ? _ -> false : pattern(option, expression).asPredicate();
    from.forEach(
        (name, value) -> {
          if (names.contains(name) || found.test(name)) {
            into.put(name, value);
          }
        });
  }

  private static Pattern pattern(String option, String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new DavitException(
          Kind.INVALID,
          "log option %s-regex \"%s\": %s".formatted(option, expression, e.getDescription()),
          "write a regular expression that finds names");
    }
  }

  private static String tag(String template, Definition definition, ImageConfig effective) {
    var fields =
        new Struct()
            .with("ID", Ids.shortened(definition.id()))
            .with("FullID", definition.id())
            .with("Name", definition.config().name())
            .with("ImageID", Ids.shortened(definition.imageId().replaceFirst("^sha256:", "")))
            .with("ImageFullID", definition.imageId())
            .with("ImageName", definition.config().image())
            .with("Command", String.join(" ", effective.argv()))
            .with("DaemonName", "davit");
    try {
      return Template.parse(template).render(fields);
    } catch (TextException e) {
      throw new DavitException(
          Kind.INVALID,
          "log option tag \"%s\": %s".formatted(template, e.getMessage()),
          e.action().orElse("write a template as {{.Name}}/{{.ID}}"),
          e);
    }
  }
}
