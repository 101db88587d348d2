package dev.davit.cli;

import dev.davit.cli.script.Word;
import dev.davit.error.Place;
import java.util.List;

/// Where a command stands in a script.
///
/// @param file the script's name for people
/// @param text the whole script
/// @param words the command's
record Origin(String file, String text, List<Word> words) {
  Origin {
    words = List.copyOf(words);
  }

  /// The place of the command's word at `index`, of its first one where there is none.
  Place place(int index) {
    Word word = words.get(index < 0 || index >= words.size() ? 0 : index);
    return new Place(file, word.line(), word.column(), word.endColumn());
  }

  static String line(String text, int number) {
    return text.lines().skip(number - 1L).findFirst().orElse("");
  }

  String line(Place place) {
    return line(text, place.line());
  }
}
