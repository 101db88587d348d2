package dev.davit.compose;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The first process of a container.
///
/// @param entrypoint absent means the image's, empty clears it; if present the image's command does
///   not count
/// @param arguments the `command` attribute: absent means the image's, empty clears it
/// @param environment resolved, `env_file` included
/// @param unset variables to remove from the image's environment
/// @param user `uid|name[:gid|group]`
/// @param groups further groups by name or id
/// @param init whether process 1 is an init that reaps and forwards signals
public record Command(
    Optional<List<String>> entrypoint,
    Optional<List<String>> arguments,
    Map<String, String> environment,
    Set<String> unset,
    Optional<String> workingDir,
    Optional<String> user,
    List<String> groups,
    boolean init,
    boolean tty,
    boolean stdinOpen) {

  /// The same with further variables, which replace its own.
  Command with(Map<String, String> variables) {
    var all = new LinkedHashMap<>(environment);
    all.putAll(variables);
    var rest = new LinkedHashSet<>(unset);
    rest.removeAll(variables.keySet());
    return new Command(
        entrypoint, arguments, all, rest, workingDir, user, groups, init, tty, stdinOpen);
  }
}
