package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.ADDRESS;
import static dev.davit.compose.attribute.Forms.STRINGS;
import static dev.davit.compose.attribute.Forms.STRING_OR_LIST;
import static dev.davit.compose.attribute.Forms.alwaysList;

import java.util.List;

/// How a container finds the addresses of names.
final class Resolving {
  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("dns", alwaysList("a list", ADDRESS).unique()),
          attribute("dns_opt", STRINGS.uniqueByKey()),
          attribute("dns_search", STRING_OR_LIST.unique()),
          ExtraHosts.EXTRA_HOSTS);

  private Resolving() {}
}
