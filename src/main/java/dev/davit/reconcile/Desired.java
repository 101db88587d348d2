package dev.davit.reconcile;

import dev.davit.compose.Dependency;
import dev.davit.compose.Project;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What the engine keeps of the last wish for a project: who needs whom. Names and conditions only;
/// no value of the model is in it, so that no secret can be.
///
/// @param version of this form
public record Desired(int version, String project, Map<String, Wish> services) {
  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Desired {
    services = Collections.unmodifiableMap(new TreeMap<>(services));
  }

  /// What is wanted of one service.
  record Wish(Map<String, Dependency> needs) {
    Wish {
      needs = Collections.unmodifiableMap(new TreeMap<>(needs));
    }
  }

  /// The wish for `project`, with what `observed` holds of services that it does not speak of and
  /// that have containers still.
  static Desired of(Project project, Observed observed) {
    var services = new TreeMap<String, Wish>();
    observed.desired().ifPresent(before -> services.putAll(before.services()));
    services.keySet().retainAll(observed.services());
    project
        .services()
        .forEach((name, service) -> services.put(name, new Wish(Dependencies.of(service))));
    return new Desired(VERSION, project.name(), services);
  }

  byte[] toJson() {
    return JSON.writeValueAsBytes(this);
  }

  /// Throws [IllegalArgumentException] for what is none, or of another version.
  static Desired parse(byte[] json) {
    try {
      @Nullable Desired read = JSON.readValue(json, Desired.class);
      if (read == null || read.version() != VERSION) {
        throw new IllegalArgumentException("it is not of version " + VERSION);
      }
      return read;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
