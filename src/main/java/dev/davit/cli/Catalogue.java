package dev.davit.cli;

import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/// All commands, found by their words. Spring Shell's registry is filled from it.
public final class Catalogue {
  private static final Map<String, String> GROUPS =
      Map.of(
          "container", "Manage containers",
          "engine", "Manage the engine",
          "image", "Manage images",
          "network", "Manage networks",
          "system", "Manage the data directory",
          "volume", "Manage volumes");

  private final Map<String, MethodCommand> byName = new TreeMap<>();
  private final List<MethodCommand> commands = new ArrayList<>();
  private final Map<String, Completions> completions = new TreeMap<>();
  private final CommandRegistry registry;
  private final Surroundings surroundings;

  private Catalogue(
      Collection<?> commandObjects,
      Map<String, Completions> completions,
      Surroundings surroundings) {
    this.surroundings = surroundings;
    var objects = new ArrayList<Object>(commandObjects);
    objects.add(new Shell(this, surroundings));
    objects.add(new CompletionCommands(this));
    this.completions.putAll(completions);
    this.completions.put("paths", Completions.orPath(Completions.NONE));
    this.completions.put("shells", _ -> CompletionCommands.shells());
    for (Object object : objects) {
      for (MethodCommand command : MethodCommand.of(object, this.completions)) {
        commands.add(command);
        add(command.getName(), command);
        command.getAliases().forEach(alias -> add(alias, command));
      }
    }
    commands.sort(Comparator.comparing(MethodCommand::getName));
    registry = new Registry();
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /// The commands of `commandObjects`: their methods that have `@Command`.
  ///
  /// @param completions by the names that `@Command(completionProvider)` uses
  /// @param surroundings what the interactive shell tells of
  public static Catalogue of(
      Collection<?> commandObjects,
      Map<String, Completions> completions,
      Surroundings surroundings) {
    return new Catalogue(commandObjects, completions, surroundings);
  }

  /// As above, for commands that know no projects.
  public static Catalogue of(Collection<?> commandObjects, Map<String, Completions> completions) {
    return new Catalogue(commandObjects, completions, Surroundings.NONE);
  }

  /// Spring Shell's own does not find what is hidden from people.
  private final class Registry extends CommandRegistry {
    Registry() {
      super(new HashSet<>(commands));
    }

    @Override
    public @Nullable Command getCommandByName(String name) {
      return byName.get(name);
    }
  }

  private void add(String name, MethodCommand command) {
    if (byName.putIfAbsent(name, command) != null) {
      throw new IllegalArgumentException("two commands named \"" + name + "\"");
    }
  }

  CommandRegistry registry() {
    return registry;
  }

  /// All commands by name, hidden ones too.
  List<MethodCommand> commands() {
    return commands;
  }

  Optional<MethodCommand> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Completions completions(String name) {
    return completions.getOrDefault(name, Completions.NONE);
  }

  /// One sentence about a command or a group, empty for what is neither.
  String description(String name) {
    return find(name)
        .map(MethodCommand::getDescription)
        .orElseGet(() -> GROUPS.getOrDefault(name, ""));
  }

  /// The first words of commands that have several.
  Collection<String> groups() {
    return commands.stream()
        .filter(command -> command.words().size() > 1 && !command.isHidden())
        .map(command -> command.words().getFirst())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The longest run of words at the start of `words` that names a command or a group.
  ///
  /// @param name those words, joined
  /// @param command null where they name a group only, or nothing
  /// @param words how many they are
  record Match(String name, @Nullable MethodCommand command, int words) {}

  Match match(List<String> words) {
    var best = new Match("", null, 0);
    for (int i = 0; i < words.size() && !words.get(i).startsWith("-"); i++) {
      String name = best.words() == 0 ? words.get(i) : best.name() + " " + words.get(i);
      if (!byName.containsKey(name) && nextWords(name).isEmpty() && !name.equals("help")) {
        break;
      }
      best = new Match(name, byName.get(name), i + 1);
    }
    return best;
  }

  /// The words that can follow `group` in a command's name; the first words for an empty `group`.
  Collection<String> nextWords(String group) {
    String prefix = group.isEmpty() ? "" : group + " ";
    var next = new TreeSet<String>();
    for (Map.Entry<String, MethodCommand> entry : byName.entrySet()) {
      if (entry.getKey().startsWith(prefix) && !entry.getValue().isHidden()) {
        String rest = entry.getKey().substring(prefix.length());
        int space = rest.indexOf(' ');
        next.add(space < 0 ? rest : rest.substring(0, space));
      }
    }
    return next;
  }

  UsageException unknown(String group, String word) {
    String whole = group.isEmpty() ? word : group + " " + word;
    String help = "see 'davit " + (group.isEmpty() ? "" : group + " ") + "--help'";
    return new UsageException(
        Code.UNKNOWN_COMMAND,
        "unknown command \"" + whole + "\"",
        Suggestion.nearest(word, nextWords(group))
            .map(near -> "did you mean \"" + near + "\"? " + help)
            .orElse(help),
        word);
  }
}
