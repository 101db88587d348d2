package dev.davit.client;

import java.util.List;

/// The variables by which an engine is configured when it starts.
public final class EngineSettings {
  public static final List<String> NAMES =
      List.of(
          "DAVIT_LAYER_LIMIT",
          "DAVIT_IMAGE_BUDGET",
          "DAVIT_PIDS_LIMIT",
          "DAVIT_PIDS_TOTAL",
          "DAVIT_NOFILE_LIMIT",
          "DAVIT_ADDRESS_POOLS",
          "DAVIT_GROUP");

  private EngineSettings() {}
}
