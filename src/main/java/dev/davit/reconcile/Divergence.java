package dev.davit.reconcile;

import dev.davit.compose.Service;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.FileConfig;
import dev.davit.engine.MountConfig;
import dev.davit.image.Image;
import dev.davit.network.Endpoint;
import dev.davit.network.EndpointConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells whether a container is still what the model says, and if not, in what.
final class Divergence {
  private final Observed observed;

  Divergence(Observed observed) {
    this.observed = observed;
  }

  /// Why the container has to be replaced by one as `wanted`; nothing if it can stay.
  Optional<String> of(Service service, Container container, ContainerConfig wanted) {
    String hash = Labels.label(container, Labels.CONFIG_HASH).orElse("");
    if (!hash.equals(wanted.labels().get(Labels.CONFIG_HASH))) {
      return Optional.of("configuration changed" + what(container.config(), wanted));
    }
    Image image = observed.images().get(service.image());
    if (image != null && !image.id().equals(container.imageId())) {
      return Optional.of("image \"" + service.image() + "\" changed");
    }
    if (!networks(container.config()).equals(networks(wanted))) {
      return Optional.of("networks changed");
    }
    Optional<String> detached = detached(container, wanted);
    if (detached.isPresent()) {
      return detached;
    }
    if (!volumes(container.config()).containsAll(volumes(wanted))) {
      return Optional.of("volumes changed");
    }
    Optional<String> mounted = otherImage(container, wanted);
    if (mounted.isPresent()) {
      return mounted;
    }
    Optional<String> content = otherContent(container, wanted);
    return content.isPresent() ? content : goneNamespace(container.config());
  }

  private Optional<String> otherImage(Container container, ContainerConfig wanted) {
    for (MountConfig mount : wanted.mounts()) {
      if (mount.type() == MountConfig.Type.IMAGE) {
        Image image = observed.images().get(mount.source().orElse(""));
        boolean same =
            container.mounts().stream()
                .filter(has -> has.target().equals(mount.target()))
                .anyMatch(has -> image == null || has.source().equals(image.id()));
        if (!same) {
          return Optional.of("image \"%s\" of a mount changed".formatted(mount.source().get()));
        }
      }
    }
    return Optional.empty();
  }

  // What was lost as the machine ended is no other content: it is handed over again.
  private static Optional<String> otherContent(Container container, ContainerConfig wanted) {
    for (MountConfig mount : wanted.mounts()) {
      String has = container.contents().get(mount.target());
      Optional<FileConfig> file = mount.file();
      if (has != null
          && file.flatMap(FileConfig::content)
              .filter(content -> !content.digest().equals(has))
              .isPresent()) {
        return Optional.of("content of " + file.get().name() + " changed");
      }
    }
    return Optional.empty();
  }

  // A network of the same name may be another one by now.
  private Optional<String> detached(Container container, ContainerConfig wanted) {
    if (!container.state().alive() || container.sandbox().isEmpty()) {
      return Optional.empty();
    }
    Set<String> attached =
        container.sandbox().get().endpoints().stream()
            .map(Endpoint::networkId)
            .collect(Collectors.toSet());
    return networks(wanted).stream()
        .filter(name -> observed.network(name).filter(it -> attached.contains(it.id())).isEmpty())
        .findFirst()
        .map(name -> "not on network \"" + name + "\"");
  }

  private Optional<String> goneNamespace(ContainerConfig config) {
    Set<String> alive =
        observed.containers().stream().map(Container::id).collect(Collectors.toSet());
    return Stream.concat(
            config.network().container().stream(),
            Stream.of(config.namespaces().pid(), config.namespaces().ipc())
                .filter(mode -> mode.startsWith("container:"))
                .map(mode -> mode.substring("container:".length())))
        .filter(id -> !alive.contains(id))
        .findFirst()
        .map(_ -> "the container whose namespace it shares is gone");
  }

  private static Set<String> networks(ContainerConfig config) {
    return config.network().endpoints().stream()
        .map(EndpointConfig::network)
        .collect(Collectors.toSet());
  }

  private static Set<String> volumes(ContainerConfig config) {
    return config.mounts().stream()
        .filter(mount -> mount.type() == MountConfig.Type.VOLUME && mount.source().isPresent())
        .map(mount -> mount.source().orElseThrow() + ":" + mount.target())
        .collect(Collectors.toSet());
  }

  private static String what(ContainerConfig is, ContainerConfig wanted) {
    var groups = new ArrayList<String>();
    differ(groups, "image", is.image(), wanted.image());
    var command = is.command();
    differ(groups, "environment", command.env(), wanted.command().env());
    differ(groups, "command", command.withEnv(List.of()), wanted.command().withEnv(List.of()));
    differ(groups, "healthcheck", is.health(), wanted.health());
    differ(groups, "restart", is.restart(), wanted.restart());
    differ(groups, "stop", is.stop(), wanted.stop());
    differ(groups, "volumes", volumes(is), volumes(wanted));
    differ(groups, "ports", is.network().ports(), wanted.network().ports());
    differ(groups, "networks", networks(is), networks(wanted));
    differ(groups, "limits", is.resources(), wanted.resources());
    differ(groups, "security", is.security(), wanted.security());
    differ(groups, "logging", is.log(), wanted.log());
    return groups.isEmpty() ? "" : " (" + String.join(", ", groups) + ")";
  }

  private static void differ(List<String> groups, String name, Object is, Object wanted) {
    if (!Objects.equals(is, wanted)) {
      groups.add(name);
    }
  }
}
