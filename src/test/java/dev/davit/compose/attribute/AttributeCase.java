package dev.davit.compose.attribute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One file of `compose/attributes`: what is written for an attribute, and what becomes of it. The
/// format is said in `docs/checklists/compose-attribute.md`.
///
/// @param name `services.deploy.replicas`: the pattern of the row without its `*`
public record AttributeCase(String name, List<Section> sections) {
  static final Path DIRECTORY = Path.of("src/test/resources/dev/davit/compose/attributes");

  /// A document of the file.
  ///
  /// @param title the word behind `--- #`
  /// @param detail what stands behind the word
  public record Section(String title, String detail, String yaml) {}

  public static Stream<AttributeCase> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().toList().stream().map(AttributeCase::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AttributeCase read(Path file) {
    try {
      String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
      String[] documents = Files.readString(file).split("(?m)^--- # ?");
      return new AttributeCase(
          name, Arrays.stream(documents).skip(1).map(AttributeCase::section).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Section section(String text) {
    String[] lines = text.split("\n", 2);
    String[] title = lines[0].split(":? ", 2);
    return new Section(title[0], title.length == 1 ? "" : title[1], lines[1]);
  }

  /// The row that it is about.
  static String name(Row row) {
    return row.pattern().replace(".*", "");
  }

  String attribute() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  List<Section> titled(String title) {
    return sections.stream().filter(it -> it.title().equals(title)).toList();
  }

  /// A `form` and the `canonical` of the forms that it is one of, which stands behind them.
  record Written(Section form, Section canonical) {}

  List<Written> forms() {
    var forms = new ArrayList<Written>();
    var open = new ArrayList<Section>();
    for (Section section : sections) {
      if (section.title().equals("form")) {
        open.add(section);
      } else if (section.title().equals("canonical")) {
        open.forEach(it -> forms.add(new Written(it, section)));
        open.clear();
      }
    }
    return forms;
  }

  Optional<Section> only(String title) {
    return titled(title).stream().findFirst();
  }

  /// A `base`, its `override` and their `result`, which stand one behind the other.
  record Merge(Section base, Section override, Section result) {}

  List<Merge> merges() {
    var merges = new ArrayList<Merge>();
    for (int i = 0; i + 2 < sections.size(); i++) {
      if (sections.get(i).title().equals("base")) {
        merges.add(new Merge(sections.get(i), sections.get(i + 1), sections.get(i + 2)));
      }
    }
    return merges;
  }

  /// A whole Compose file with a section's text at its place.
  public String file(Section section) {
    return Surroundings.of(name).around(section.yaml());
  }
}
