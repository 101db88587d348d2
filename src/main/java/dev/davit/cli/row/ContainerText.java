package dev.davit.cli.row;

import dev.davit.engine.Container;
import dev.davit.engine.EffectiveConfig;
import dev.davit.engine.MountConfig;
import dev.davit.image.Image;
import dev.davit.image.Images;
import dev.davit.network.PublishedPort;
import dev.davit.network.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One container in the cells of a list. What a container may have chosen itself has lost its
/// control characters.
///
/// @param images where the command of its own image is found
/// @param whole whether long cells stay as long as they are
public record ContainerText(Container container, Images images, Instant now, boolean whole) {
  private static final DateTimeFormatter CREATED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z zzz", Locale.ROOT);
  private static final int COMMAND_WIDTH = 20;
  private static final int MOUNT_WIDTH = 15;

  public String id() {
    return whole ? container.id() : container.shortId();
  }

  /// Its words, arguments with a space in single quotes, as a whole in double quotes.
  public String command() {
    return "\"" + shortened(plain(words()), COMMAND_WIDTH) + "\"";
  }

  private String words() {
    List<String> argv =
        EffectiveConfig.of(container.config(), images.find(container.imageId()).map(Image::config))
            .argv();
    return Stream.concat(
            argv.stream().limit(1),
            argv.stream().skip(1).map(word -> word.contains(" ") ? "'" + word + "'" : word))
        .collect(Collectors.joining(" "));
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  private String shortened(String text, int width) {
    return whole || text.codePointCount(0, text.length()) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  public String createdAt() {
    return created(container.created());
  }

  /// `2024-11-25 16:00:14 +0000 UTC`.
  public static String created(Instant time) {
    return CREATED.format(time.atZone(ZoneId.systemDefault()));
  }

  /// `5 minutes ago`.
  public String runningFor() {
    return Times.human(Duration.between(container.created(), now)) + " ago";
  }

  public String status() {
    return Status.of(container, now);
  }

  public List<PublishedPort> published() {
    return container.sandbox().map(Sandbox::ports).orElse(List.of());
  }

  /// `0.0.0.0:8080->80/tcp, …`.
  public String ports() {
    return published().stream()
        .map(
            port ->
                "%s%d->%d/%s"
                    .formatted(
                        PublishedPort.print(address(port)),
                        port.hostPort(),
                        port.containerPort(),
                        port.protocol()))
        .collect(Collectors.joining(", "));
  }

  /// Where a published port is reached on the host.
  public static String address(PublishedPort port) {
    return port.hostIp().isEmpty() ? "0.0.0.0" : port.hostIp();
  }

  public String labels() {
    return labels(container.config().labels());
  }

  /// `key=value,…`, by key.
  public static String labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  public String mounts() {
    return container.mounts().stream()
        .filter(mount -> !mount.source().isEmpty())
        .map(mount -> shortened(mount.source(), MOUNT_WIDTH))
        .collect(Collectors.joining(","));
  }

  public String localVolumes() {
    return Long.toString(
        container.mounts().stream()
            .filter(mount -> mount.type() == MountConfig.Type.VOLUME)
            .count());
  }

  public String networks() {
    return switch (container.config().network().mode()) {
      case NONE -> "none";
      case HOST -> "host";
      case CONTAINER -> "";
      case NETWORKS ->
          container.config().network().endpoints().stream()
              .map(dev.davit.network.EndpointConfig::network)
              .sorted()
              .collect(Collectors.joining(","));
    };
  }
}
