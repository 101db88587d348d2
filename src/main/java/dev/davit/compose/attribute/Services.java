package dev.davit.compose.attribute;

import java.util.List;
import java.util.stream.Stream;

/// The attributes of a service, family by family.
final class Services {
  static final ObjectShape SERVICE =
      ObjectShape.of(
          Stream.of(
                  Image.ATTRIBUTES,
                  Command.ATTRIBUTES,
                  Lifecycle.ATTRIBUTES,
                  Names.ATTRIBUTES,
                  ServiceNetworks.ATTRIBUTES,
                  Ports.ATTRIBUTES,
                  Resolving.ATTRIBUTES,
                  Mounts.ATTRIBUTES,
                  Grants.ATTRIBUTES,
                  Links.ATTRIBUTES,
                  Devices.ATTRIBUTES,
                  Hooks.ATTRIBUTES,
                  EngineOptions.ATTRIBUTES,
                  Windows.ATTRIBUTES,
                  Resources.ATTRIBUTES,
                  Isolation.ATTRIBUTES,
                  List.of(
                      Composition.EXTENDS,
                      DependsOn.DEPENDS_ON,
                      Deploy.DEPLOY,
                      Develop.DEVELOP,
                      Models.MODELS,
                      Provider.PROVIDER,
                      Healthcheck.HEALTHCHECK,
                      Logging.LOGGING))
              .flatMap(List::stream)
              .toList());

  private Services() {}
}
