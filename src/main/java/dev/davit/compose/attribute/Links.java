package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.listOf;

import dev.davit.compose.text.LinkText;
import dev.davit.compose.text.VolumesFromText;
import java.util.List;

/// Other containers: by further names, and their mounts.
final class Links {
  private static final Form LINKS = listOf(checked("NAME[:ALIAS]", LinkText::parse));

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("links", LINKS.unique()),
          attribute("external_links", LINKS),
          attribute("volumes_from", listOf(checked("SERVICE[:ro|rw]", VolumesFromText::parse))));

  private Links() {}
}
