package dev.davit.reconcile;

import dev.davit.compose.Devices;
import dev.davit.compose.Mount;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.error.Code;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Services of which Davit can make no container at all today.
final class Unrunnable {
  private static final Set<Mount.Type> MOUNTS =
      Set.of(Mount.Type.BIND, Mount.Type.VOLUME, Mount.Type.TMPFS, Mount.Type.IMAGE);

  private final Project project;
  private final Service service;
  private final List<Problem> problems = new ArrayList<>();

  private Unrunnable(Project project, Service service) {
    this.project = project;
    this.service = service;
  }

  static List<Problem> of(Project project, Service service) {
    var check = new Unrunnable(project, service);
    check.source();
    check.refused();
    for (int i = 0; i < service.mounts().size(); i++) {
      Mount mount = service.mounts().get(i);
      if (!MOUNTS.contains(mount.type())) {
        String type = mount.type().toString().toLowerCase(Locale.ROOT);
        check.error(
            "volumes[" + i + "]",
            "mount type \"" + type + "\" is not for one Linux machine",
            "mount a directory, a volume or an image");
      }
    }
    check.devices();
    return List.copyOf(check.problems);
  }

  private void devices() {
    List<Devices.Node> nodes = service.devices().nodes();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).isCdi()) {
        error(
            "devices[" + i + "]",
            "device \"" + nodes.get(i).source() + "\" is a CDI name, and Davit reads no CDI files",
            "name the device nodes that it stands for, as /dev/dri/renderD128");
      }
    }
    if (!service.devices().requests().isEmpty()) {
      String gpus = "services." + service.name() + ".gpus";
      error(
          project.sources().has(gpus) ? "gpus" : "deploy.resources.reservations.devices",
          "Davit has no driver that chooses devices of a kind",
          "name device nodes below devices:, and mount the driver's libraries");
    }
  }

  private void source() {
    boolean built =
        service.build().isPresent()
            && service.image().equals(project.name() + "-" + service.name());
    if (built && service.provider().isEmpty()) {
      error(
          "build",
          "Davit cannot build images yet",
          "add image: NAME of an image that is on this machine");
    }
  }

  // What runs without these would not be what was asked for, and might find out late.
  private void refused() {
    if (!service.given().models().isEmpty()) {
      error(
          "models",
          "Davit runs no language models",
          "run the model yourself, and give its address in environment:");
    }
    if (service.engineOptions().apiSocket()) {
      error("use_api_socket", "Davit has no API socket that a container could use", "remove it");
    }
    if (!service.windows().credentialSpec().isEmpty()) {
      error("credential_spec", "credential_spec is for containers of Windows", "remove it");
    }
  }

  private void error(String attribute, String message, @Nullable String help) {
    String path = "services." + service.name() + "." + attribute;
    problems.add(Places.problem(Code.NOT_SUPPORTED, project, Severity.ERROR, path, message, help));
  }
}
