package dev.davit.cli.object;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.davit.cli.row.ContainerText;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.format.Lookup;
import dev.davit.network.Network;

/// A network, as `docker network ls` lists it.
record NetworkRow(
    @Header("CREATED AT") String createdAt,
    String driver,
    @Header("NETWORK ID") @JsonProperty("ID") String id,
    String internal,
    String labels,
    @JsonIgnore Lookup label,
    String name,
    String scope) {
  static final Layout<NetworkRow> LAYOUT =
      Layout.of(NetworkRow.class, "{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}");

  static NetworkRow of(Network network, boolean whole) {
    return new NetworkRow(
        ContainerText.created(network.created()),
        network.config().driver(),
        whole ? network.id() : network.id().substring(0, 12),
        Boolean.toString(network.config().internal()),
        ContainerText.labels(network.config().labels()),
        key -> network.config().labels().getOrDefault(key, ""),
        network.name(),
        "local");
  }
}
