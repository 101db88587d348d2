package dev.davit.cli.row;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.format.Lookup;
import dev.davit.volume.Volume;

/// A volume, as docker lists it; what only a swarm has is `N/A`, as there.
public record VolumeRow(
    String availability,
    String driver,
    String group,
    String labels,
    @JsonIgnore Lookup label,
    String links,
    String mountpoint,
    @Header("VOLUME NAME") String name,
    String scope,
    String size,
    String status) {
  public static final Layout<VolumeRow> LAYOUT =
      Layout.of(VolumeRow.class, "{{.Driver}}\t{{.Name}}");

  public static VolumeRow of(Volume volume) {
    return new VolumeRow(
        "N/A",
        volume.config().driver(),
        "N/A",
        ContainerText.labels(volume.config().labels()),
        key -> volume.config().labels().getOrDefault(key, ""),
        "N/A",
        volume.mountpoint().toString(),
        volume.name(),
        "local",
        "N/A",
        "N/A");
  }
}
