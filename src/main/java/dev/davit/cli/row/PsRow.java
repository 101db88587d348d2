package dev.davit.cli.row;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.davit.engine.Container;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.format.Lookup;
import dev.davit.image.Images;
import dev.davit.reconcile.Labels;
import java.time.Instant;
import java.util.List;

/// A container of a project, as `docker compose ps` lists it.
public record PsRow(
    @Header("CONTAINER ID") @JsonProperty("ID") String id,
    String name,
    String names,
    String project,
    String service,
    String image,
    String command,
    @Header("CREATED AT") String createdAt,
    @Header("CREATED") String runningFor,
    String state,
    String status,
    String health,
    @Header("EXIT CODE") int exitCode,
    List<Publisher> publishers,
    String ports,
    String labels,
    @JsonIgnore Lookup label,
    String mounts,
    @Header("LOCAL VOLUMES") String localVolumes,
    String networks,
    String size) {
  /// The columns of a table without a template of its own.
  public static final Layout<PsRow> LAYOUT =
      Layout.of(
          PsRow.class,
          "{{.Name}}\t{{.Image}}\t{{.Command}}\t{{.Service}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}");

  /// A port of the container that is reachable on the host.
  public record Publisher(
      @JsonProperty("URL") String url, int targetPort, int publishedPort, String protocol) {}

  public PsRow {
    publishers = List.copyOf(publishers);
  }

  public static PsRow of(Container container, Images images, Instant now, boolean whole) {
    var text = new ContainerText(container, images, now, whole);
    return new PsRow(
        text.id(),
        container.name(),
        container.name(),
        Labels.project(container),
        Labels.service(container),
        container.config().image(),
        text.command(),
        text.createdAt(),
        text.runningFor(),
        container.state().status().word(),
        text.status(),
        Status.health(container),
        container.state().exitCode(),
        publishers(text),
        text.ports(),
        text.labels(),
        key -> container.config().labels().getOrDefault(key, ""),
        text.mounts(),
        text.localVolumes(),
        text.networks(),
        "0B");
  }

  private static List<Publisher> publishers(ContainerText text) {
    return text.published().stream()
        .map(
            port ->
                new Publisher(
                    ContainerText.address(port),
                    port.containerPort(),
                    port.hostPort(),
                    port.protocol()))
        .toList();
  }
}
