package dev.davit.reconcile;

import dev.davit.engine.Projects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The wishes that the engine keeps. Where there is none that can be read, the labels of the
/// containers say what was wanted when they were created.
public final class DesiredProjects {
  private static final Logger LOG = LoggerFactory.getLogger(DesiredProjects.class);

  private final Projects projects;

  public DesiredProjects(Projects projects) {
    this.projects = projects;
  }

  Optional<Desired> find(String project) {
    try {
      return projects.find(project).map(Desired::parse);
    } catch (RuntimeException e) {
      LOG.warn("the labels of the containers of project \"{}\" stand for what is wanted", project);
      projects.setAside(project, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /// Keeps the wish; the disk is waited for if it is another than before.
  public void keep(Desired desired) {
    if (!find(desired.project()).equals(Optional.of(desired))) {
      projects.keep(desired.project(), desired.toJson());
    }
  }

  public void forget(String project) {
    projects.forget(project);
  }

  /// Forgets all but `known`.
  void forgetOthers(Set<String> known) {
    projects.names().stream().filter(name -> !known.contains(name)).forEach(projects::forget);
  }
}
