package dev.davit.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ExitStatus;

/// A command that is a method with Spring Shell's annotations. Unlike Spring Shell's own adapter it
/// binds lists and defaults, returns the method's exit code and throws the method's exception.
///
/// The method returns `void`, `int` or [ExitStatus]. Its parameters are `@Option`, `@Argument`
/// (required unless it has a default or is `@Nullable`), `@Arguments List<String>`, [Session],
/// [GlobalOptions], [CommandContext], or a record of such components, which commands share. An
/// option's name is the parameter's, in kebab case.
final class MethodCommand implements Command {
  private final Object target;
  private final Method method;
  private final org.springframework.shell.core.command.annotation.Command command;
  private final @Nullable Usage usage;
  private final Parameters parameters;
  private final Completions completions;

  private MethodCommand(Object target, Method method, Map<String, Completions> completions) {
    this.target = target;
    this.method = method;
    this.command =
        method.getAnnotation(org.springframework.shell.core.command.annotation.Command.class);
    this.usage = method.getAnnotation(Usage.class);
    this.parameters = new Parameters(method);
    this.completions = completions.getOrDefault(command.completionProvider(), Completions.NONE);
    method.setAccessible(true);
  }

  /// The commands of `target`, by name.
  static List<MethodCommand> of(Object target, Map<String, Completions> completions) {
    return Arrays.stream(target.getClass().getDeclaredMethods())
        .filter(
            method ->
                method.isAnnotationPresent(
                    org.springframework.shell.core.command.annotation.Command.class))
        .map(method -> new MethodCommand(target, method, completions))
        .sorted(Comparator.comparing(MethodCommand::getName))
        .toList();
  }

  List<String> words() {
    return List.of(command.name());
  }

  @Override
  public String getName() {
    return String.join(" ", command.name());
  }

  @Override
  public List<String> getAliases() {
    return List.of(command.alias());
  }

  @Override
  public String getDescription() {
    return command.description();
  }

  @Override
  public String getGroup() {
    return command.group();
  }

  @Override
  public String getHelp() {
    return command.help();
  }

  @Override
  public boolean isHidden() {
    return command.hidden();
  }

  @Override
  public List<CommandOption> getOptions() {
    return parameters.options();
  }

  /// The arguments as the usage line shows them, `[SERVICE...]`, or nothing.
  String usage() {
    return usage == null ? "" : usage.value();
  }

  boolean stopsAtFirstArgument() {
    return usage != null && usage.stopAtFirstArgument();
  }

  boolean endsAsProgram() {
    return usage != null && usage.endsAsProgram();
  }

  /// The exit code of what goes wrong before it has begun to do something.
  int failure() {
    return usage == null ? 1 : usage.failure();
  }

  Completions completions() {
    return completions;
  }

  @Override
  public ExitStatus execute(CommandContext context) throws Exception {
    @Nullable Object[] values;
    try {
      values = parameters.bind(context);
    } catch (UsageException e) {
      throw e.of(this);
    }
    try {
      return switch (method.invoke(target, values)) {
        case ExitStatus status -> status;
        case Integer code -> new ExitStatus(code, "");
        case null, default -> ExitStatus.OK;
      };
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case Exception thrown -> throw thrown;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }
}
