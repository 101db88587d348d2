package dev.davit.compose.load;

import dev.davit.compose.NetworkDefinition;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.SourceMap;
import dev.davit.compose.VolumeDefinition;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Scalar;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// The last step: the finished tree becomes the typed model.
final class ProjectBinder {
  private ProjectBinder() {}

  static Project bind(Mapping tree, List<Path> files, Context context) {
    Mapping services = tree.mapping("services");
    Mapping enabled = context.profiles().enabled(services);
    Mapping disabled = services.keep(name -> !enabled.has(name));
    return new Project(
        context.projectName(),
        context.directory(),
        List.copyOf(files),
        all(enabled, (key, it) -> service(key, it, context)),
        all(disabled, (key, it) -> service(key, it, context)),
        all(tree.mapping("networks"), ProjectBinder::network),
        all(tree.mapping("volumes"), ProjectBinder::volume),
        all(tree.mapping("secrets"), (key, it) -> GivenBinder.secret(key, it, context)),
        all(tree.mapping("configs"), (key, it) -> GivenBinder.config(key, it, context)),
        all(tree.mapping("models"), GivenBinder::model),
        Map.copyOf(context.environment()),
        compatible(context) ? "_" : "-",
        new SourceMap(tree, context.problems().lines()));
  }

  private static boolean compatible(Context context) {
    String variable = context.environment().getOrDefault("COMPOSE_COMPATIBILITY", "");
    return context.options().compatibility() || Numbers.isOn(variable);
  }

  private static <T> Map<String, T> all(Mapping section, BiFunction<String, View, T> bind) {
    var bound = new LinkedHashMap<String, T>();
    section.keys().forEach(key -> bound.put(key, bind.apply(key, new View(section.mapping(key)))));
    return Collections.unmodifiableMap(bound);
  }

  private static Service service(String key, View service, Context context) {
    Optional<Scalar> platform =
        Optional.ofNullable(context.environment().get("DOCKER_DEFAULT_PLATFORM"))
            .filter(it -> !it.isEmpty())
            .map(it -> Scalar.text(it, service.mapping().place()));
    View complete =
        platform.map(it -> new View(service.mapping().withDefault("platform", it))).orElse(service);
    // docker leaves the variable out of the hash of what it does not build
    Mapping hashed = service.mapping().has("build") ? complete.mapping() : service.mapping();
    return ServiceBinder.bind(context.projectName(), key, complete, Hashes.ofService(hashed));
  }

  private static NetworkDefinition network(String key, View network) {
    return new NetworkDefinition(
        key,
        network.text("name").orElse(key),
        network.flag("external"),
        network.text("driver").orElse("bridge"),
        network.map("driver_opts"),
        network.flag("internal"),
        network.flag("attachable"),
        network.at("ipam").views("config").stream().map(ProjectBinder::ipam).toList(),
        network.at("ipam").text("driver"),
        network.at("ipam").map("options"),
        network.text("enable_ipv4").map(Boolean::parseBoolean),
        network.text("enable_ipv6").map(Boolean::parseBoolean),
        network.map("labels"),
        Hashes.ofNetwork(network.mapping()));
  }

  private static NetworkDefinition.Ipam ipam(View config) {
    return new NetworkDefinition.Ipam(
        config.text("subnet"),
        config.text("ip_range"),
        config.text("gateway"),
        config.map("aux_addresses"));
  }

  private static VolumeDefinition volume(String key, View volume) {
    return new VolumeDefinition(
        key,
        volume.text("name").orElse(key),
        volume.flag("external"),
        volume.text("driver").orElse("local"),
        volume.map("driver_opts"),
        volume.map("labels"),
        Hashes.ofVolume(volume.mapping()));
  }
}
