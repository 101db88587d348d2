package dev.davit.compose.load;

import dev.davit.compose.load.Consistency.Site;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.List;
import java.util.Set;

/// The secrets and configs that a service names must be there.
final class GrantReferences {
  private GrantReferences() {}

  static void secrets(Site site) {
    check(site, site.path().child("secrets"), site.view(), Code.UNDEFINED_SECRET);
  }

  static void configs(Site site) {
    check(site, site.path().child("configs"), site.view(), Code.UNDEFINED_CONFIG);
  }

  /// @param path of the list; its last step is also the section at the top level
  static void check(Site site, TreePath path, View owner, Code code) {
    String section = path.last();
    Set<String> defined = site.tree().mapping(section).keys();
    List<View> grants = owner.views(section);
    for (int i = 0; i < grants.size(); i++) {
      Mapping grant = grants.get(i).mapping();
      String source = grant.text("source").orElse("");
      if (!defined.contains(source)) {
        site.error(
            code,
            grant.get("source").orElseThrow().place(),
            path.item(i),
            References.undefined(section.substring(0, section.length() - 1), source),
            References.helpFor(section, source, defined));
      }
    }
  }
}
