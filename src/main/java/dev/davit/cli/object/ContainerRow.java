package dev.davit.cli.object;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.davit.cli.row.ContainerText;
import dev.davit.engine.Container;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.format.Lookup;
import dev.davit.image.Images;
import java.time.Instant;

/// A container, as `docker container ls` lists it.
record ContainerRow(
    String command,
    @Header("CREATED AT") String createdAt,
    @Header("CONTAINER ID") @JsonProperty("ID") String id,
    String image,
    String labels,
    @JsonIgnore Lookup label,
    @Header("LOCAL VOLUMES") String localVolumes,
    String mounts,
    String names,
    String networks,
    String ports,
    @Header("CREATED") String runningFor,
    String size,
    String state,
    String status) {
  static final Layout<ContainerRow> LAYOUT =
      Layout.of(
          ContainerRow.class,
          "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}"
              + "\t{{.Names}}");

  static ContainerRow of(Container container, Images images, Instant now, boolean whole) {
    var text = new ContainerText(container, images, now, whole);
    return new ContainerRow(
        text.command(),
        text.createdAt(),
        text.id(),
        container.config().image(),
        text.labels(),
        key -> container.config().labels().getOrDefault(key, ""),
        text.localVolumes(),
        text.mounts(),
        container.name(),
        text.networks(),
        text.ports(),
        text.runningFor(),
        "0B",
        container.state().status().word(),
        text.status());
  }
}
