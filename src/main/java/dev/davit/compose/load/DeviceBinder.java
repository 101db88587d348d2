package dev.davit.compose.load;

import dev.davit.compose.Devices;
import dev.davit.compose.text.DeviceText;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// `devices`, `device_cgroup_rules`, `gpus` and `deploy.resources.reservations.devices`.
final class DeviceBinder {
  private DeviceBinder() {}

  static Devices bind(View service) {
    View reservations = service.at("deploy").at("resources").at("reservations");
    Stream<Devices.Request> gpus =
        service.views("gpus").stream().map(it -> request(it, Set.of("gpu")));
    Stream<Devices.Request> reserved =
        reservations.views("devices").stream().map(it -> request(it, Set.of()));
    return new Devices(
        service.views("devices").stream().map(DeviceBinder::node).toList(),
        service.texts("device_cgroup_rules").stream().map(DeviceBinder::rule).toList(),
        Stream.concat(gpus, reserved).toList());
  }

  private static Devices.Node node(View device) {
    String source = device.text("source").orElse("");
    return new Devices.Node(
        source, device.text("target").orElse(source), device.text("permissions").orElse("rwm"));
  }

  private static Devices.Rule rule(String text) {
    DeviceText.Rule rule = DeviceText.rule(text);
    return new Devices.Rule(
        rule.type(), number(rule.major()), number(rule.minor()), rule.permissions());
  }

  private static OptionalInt number(String text) {
    return text.equals("*") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }

  private static Devices.Request request(View request, Set<String> implied) {
    var capabilities = new LinkedHashSet<>(implied);
    capabilities.addAll(request.texts("capabilities"));
    return new Devices.Request(
        capabilities,
        request.text("driver"),
        request.small("count").orElse(Devices.Request.ALL),
        request.texts("device_ids"),
        ServiceBinder.labels(request, "options"));
  }
}
