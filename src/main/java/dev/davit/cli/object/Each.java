package dev.davit.cli.object;

import dev.davit.cli.Diagnostics;
import dev.davit.cli.Session;
import dev.davit.cli.UsageException;
import dev.davit.error.DavitException;
import dev.davit.format.Json;
import dev.davit.format.Struct;
import dev.davit.format.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/// The same for each of several objects: what fails is told, and the others are done all the same.
final class Each {
  private Each() {}

  /// Prints each word for which `work` succeeds, as docker does; returns the exit code.
  static int run(Session session, String what, List<String> words, Consumer<String> work) {
    return each(
        session,
        what,
        words,
        word -> {
          if (!session.globals().dryRun()) {
            work.accept(word);
          }
          session.println(word);
        });
  }

  /// Does `work` for each word, also in a dry run; returns the exit code.
  static int each(Session session, String what, List<String> words, Consumer<String> work) {
    require(what, words);
    int code = 0;
    for (String word : words) {
      try {
        work.accept(word);
      } catch (DavitException e) {
        Diagnostics.show(session, e);
        code = 1;
      }
    }
    return code;
  }

  /// Prints what `shape` makes of each word: JSON in one array, or a line by the template `format`.
  static int inspect(
      Session session,
      String what,
      List<String> words,
      String format,
      Function<String, Struct> shape) {
    require(what, words);
    int code = 0;
    var shapes = new ArrayList<Struct>();
    for (String word : words) {
      try {
        shapes.add(shape.apply(word));
      } catch (DavitException e) {
        Diagnostics.show(session, e);
        code = 1;
      }
    }
    if (format.isEmpty()) {
      session.println(Json.pretty(shapes));
    } else if (format.equals("json")) {
      session.println(Json.compact(shapes));
    } else {
      Template template = Template.parse(format);
      shapes.forEach(it -> session.println(template.render(it)));
    }
    return code;
  }

  private static void require(String what, List<String> words) {
    if (words.isEmpty()) {
      throw new UsageException(
          "argument %s is missing".formatted(what.toUpperCase(Locale.ROOT)), null);
    }
  }
}
