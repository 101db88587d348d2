package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.reconcile.Labels;
import dev.davit.stored.Aside;
import dev.davit.volume.Volumes;
import java.util.List;

/// Says once what of a project could not be used. What nobody knows the project of is said with
/// whichever project comes first.
final class SetAside {
  private static final int MOST = 10;

  private SetAside() {}

  static void tell(Session session, Machine machine, String project) {
    var aside = new Aside(machine.root());
    List<Aside.Entry> news =
        aside.untold().stream().filter(entry -> concerns(entry, project)).toList();
    for (Aside.Entry entry : news.subList(0, Math.min(MOST, news.size()))) {
      session.warn(
          "%s could not be used and is set aside: %s".formatted(entry.thing(), entry.why()));
      if (entry.thing().kind().equals(Volumes.KIND)) {
        session.warn("its data is kept in \"%s\", a new one is empty".formatted(entry.place()));
      }
    }
    if (news.size() > MOST) {
      session.warn("and %d more".formatted(news.size() - MOST));
    }
    if (!news.isEmpty()) {
      session.warn(
          "\"davit up\" makes again what is missing; \"davit engine aside ls\" shows what was kept");
      news.forEach(aside::told);
    }
  }

  private static boolean concerns(Aside.Entry entry, String project) {
    return entry.thing().labels().getOrDefault(Labels.PROJECT, project).equals(project);
  }
}
