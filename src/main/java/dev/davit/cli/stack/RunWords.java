package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.UsageException;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.VolumeDefinition;
import dev.davit.compose.text.Dotenv;
import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.PortText;
import dev.davit.compose.text.ShellWords;
import dev.davit.compose.text.VolumeText;
import dev.davit.engine.MountConfig;
import dev.davit.error.ArgumentException;
import dev.davit.error.Code;
import dev.davit.network.PortBinding;
import dev.davit.reconcile.OneOff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words of `run`'s options, as what they mean for the container.
final class RunWords {
  private static final int SLUG_BYTES = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Session session;
  private final Project project;
  private final Service service;

  RunWords(Session session, Project project, Service service) {
    this.session = session;
    this.project = project;
    this.service = service;
  }

  record Given(
      List<String> env,
      List<String> envFiles,
      List<String> labels,
      Optional<String> name,
      Optional<String> entrypoint,
      List<String> command,
      Optional<String> user,
      Optional<String> workdir,
      List<String> capAdd,
      List<String> capDrop,
      List<String> volumes,
      List<String> publish,
      boolean servicePorts,
      boolean useAliases,
      boolean tty,
      boolean stdin,
      boolean removed) {}

  OneOff oneOff(Given given) {
    byte[] slug = new byte[SLUG_BYTES];
    RANDOM.nextBytes(slug);
    return new OneOff(
        project,
        service,
        HexFormat.of().formatHex(slug),
        given.name(),
        given.command().isEmpty() ? Optional.empty() : Optional.of(given.command()),
        given.entrypoint().map(RunWords::entrypoint),
        env(given),
        labels(given.labels()),
        given.user(),
        given.workdir(),
        given.capAdd(),
        given.capDrop(),
        given.volumes().stream().map(this::mount).toList(),
        given.publish().stream().flatMap(word -> ports(word).stream()).toList(),
        given.servicePorts(),
        given.useAliases(),
        given.tty(),
        given.stdin(),
        given.removed());
  }

  private static List<String> entrypoint(String text) {
    try {
      return text.isEmpty() ? List.of() : ShellWords.split(text);
    } catch (MalformedException e) {
      throw malformed(e, text);
    }
  }

  private List<String> env(Given given) {
    var all = new LinkedHashMap<String, String>();
    given.envFiles().forEach(file -> all.putAll(file(file)));
    var words = new ArrayList<String>();
    all.forEach((name, value) -> words.add(name + "=" + value));
    for (String word : given.env()) {
      if (word.indexOf('=') >= 0) {
        words.add(word);
      } else {
        // A variable without value is that of the caller, or none at all.
        String value = project.environment().get(word);
        words.add(value == null ? word : word + "=" + value);
      }
    }
    return words;
  }

  private Map<String, String> file(String name) {
    Path path = session.cwd().resolve(name);
    var values = new LinkedHashMap<String, String>();
    try {
      Dotenv.parse(Files.readString(path), project.environment()::get)
          .forEach((variable, value) -> values.put(variable, value.text()));
    } catch (IOException e) {
      throw new ArgumentException(
          Code.NO_SUCH_FILE, "environment file \"" + name + "\" cannot be read", null, name);
    } catch (Dotenv.LineException e) {
      throw malformed(e.what(), name);
    }
    return values;
  }

  private static Map<String, String> labels(List<String> words) {
    var labels = new LinkedHashMap<String, String>();
    for (String word : words) {
      int equals = word.indexOf('=');
      labels.put(
          equals < 0 ? word : word.substring(0, equals),
          equals < 0 ? "" : word.substring(equals + 1));
    }
    return labels;
  }

  private MountConfig mount(String word) {
    VolumeText volume;
    try {
      volume = VolumeText.parse(word);
    } catch (MalformedException e) {
      throw malformed(e, word);
    }
    if (volume.source().isEmpty()) {
      return MountConfig.anonymous(volume.target()).withReadOnly(volume.readOnly());
    }
    if (volume.bind()) {
      return MountConfig.bind(path(volume.source()), volume.target())
          .withReadOnly(volume.readOnly());
    }
    VolumeDefinition definition = project.volumes().get(volume.source());
    String name = definition == null ? volume.source() : definition.name();
    return MountConfig.volume(name, volume.target()).withReadOnly(volume.readOnly());
  }

  private String path(String text) {
    String home = session.env("HOME").orElse("/root");
    String absolute = text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
    return session.cwd().resolve(absolute).normalize().toString();
  }

  private static List<PortBinding> ports(String word) {
    try {
      var bindings = new ArrayList<PortBinding>();
      for (PortText.Mapping mapping : PortText.parse(word)) {
        String published = mapping.published();
        String[] range = published.isEmpty() ? new String[] {"0"} : published.split("-", -1);
        bindings.add(
            new PortBinding(
                mapping.hostIp(),
                Integer.parseInt(range[0]),
                Integer.parseInt(range[range.length - 1]),
                mapping.target(),
                mapping.protocol()));
      }
      return bindings;
    } catch (MalformedException e) {
      throw malformed(e, word);
    }
  }

  private static UsageException malformed(MalformedException e, String word) {
    return new UsageException(
        Code.INVALID_OPTION, String.valueOf(e.getMessage()), e.help().orElse(null), word);
  }
}
