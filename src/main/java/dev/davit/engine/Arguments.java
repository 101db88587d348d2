package dev.davit.engine;

import dev.davit.engine.ContainerConfig.Command;
import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.ImageConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a container's process is called with, by docker's rules for image and container; pure.
///
/// @param argv never empty
/// @param env `K=V`
/// @param cwd absolute
/// @param user as [dev.davit.image.UserLookup] takes it
record Arguments(List<String> argv, List<String> env, String cwd, String user) {
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  Arguments {
    argv = List.copyOf(argv);
    env = List.copyOf(env);
  }

  /// @param hostname for the variable HOSTNAME
  static Arguments of(ImageConfig image, Command command, String name, String hostname) {
    List<String> argv = argv(image, command);
    if (argv.isEmpty()) {
      throw new DavitException(
              Kind.INVALID,
              "container \"%s\" has neither a command nor does its image".formatted(name),
              "write a command")
          .about(Culprit.of(Part.COMMAND));
    }
    var base = new ArrayList<>(List.of("PATH=" + PATH, "HOSTNAME=" + hostname));
    if (command.tty()) {
      base.add("TERM=xterm");
    }
    String cwd = command.workingDir().orElse(image.workingDir());
    return new Arguments(
        argv,
        merge(base, image.env(), command.env()),
        cwd.startsWith("/") ? cwd : "/" + cwd,
        command.user().orElse(image.user()));
  }

  private static List<String> argv(ImageConfig image, Command command) {
    return Stream.concat(entrypoint(image, command).stream(), command(image, command).stream())
        .toList();
  }

  static List<String> entrypoint(ImageConfig image, Command command) {
    return command.entrypoint().map(Arguments::cleared).orElse(image.entrypoint());
  }

  // Another entrypoint than the image's does not get its command.
  static List<String> command(ImageConfig image, Command command) {
    boolean own =
        command.entrypoint().map(Arguments::cleared).filter(it -> !it.isEmpty()).isPresent();
    return command.command().orElse(own ? List.of() : image.cmd());
  }

  // [""] is how the Engine API says "none".
  private static List<String> cleared(List<String> words) {
    return words.equals(List.of("")) ? List.of() : words;
  }

  /// The later ones win; a lone `K` takes `K` away.
  @SafeVarargs
  static List<String> merge(List<String>... environments) {
    Map<String, String> merged = new LinkedHashMap<>();
    for (List<String> environment : environments) {
      for (String entry : environment) {
        int equals = entry.indexOf('=');
        if (equals > 0) {
          merged.put(entry.substring(0, equals), entry);
        } else {
          merged.remove(entry);
        }
      }
    }
    return List.copyOf(merged.values());
  }

  /// The environment with `K=V` added unless there is a `K`.
  static List<String> withDefault(List<String> env, String key, String value) {
    return merge(List.of(key + "=" + value), env);
  }

  /// The value of `key` in `env`.
  static Optional<String> value(List<String> env, String key) {
    return env.stream()
        .filter(entry -> entry.startsWith(key + "="))
        .map(entry -> entry.substring(key.length() + 1))
        .findFirst();
  }
}
