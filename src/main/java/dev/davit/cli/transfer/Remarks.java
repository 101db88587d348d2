package dev.davit.cli.transfer;

import dev.davit.registry.Notes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What registries remark while something else is on the screen, to be said afterwards: each once,
/// and of what changes the last state.
final class Remarks implements Notes {
  private final Set<String> said = new LinkedHashSet<>();
  private final Map<String, String> limits = new LinkedHashMap<>();

  @Override
  public synchronized void say(String text) {
    said.add(text);
  }

  @Override
  public synchronized void limit(String domain, String text) {
    limits.put(domain, text);
  }

  synchronized List<String> lines() {
    var lines = new ArrayList<>(said);
    limits.forEach((domain, text) -> lines.add(domain + ": " + text));
    return lines;
  }
}
