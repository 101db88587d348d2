package dev.davit.compose;

import java.util.Map;

/// Where output goes.
///
/// @param driver `json-file`, `local` or `none`
/// @param options `max-size`, `max-file`… as written
public record Logging(String driver, Map<String, String> options) {
  public static final Logging DEFAULT = new Logging("json-file", Map.of());
}
