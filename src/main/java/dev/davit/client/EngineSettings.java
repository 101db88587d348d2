package dev.davit.client;

import java.util.List;

/// The variables by which an engine is configured when it starts; sizes, all of them.
public final class EngineSettings {
  public static final List<String> NAMES = List.of("DAVIT_LAYER_LIMIT", "DAVIT_IMAGE_BUDGET");

  private EngineSettings() {}
}
