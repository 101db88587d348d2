package dev.davit.cli;

import dev.davit.error.Code;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Option;

/// A command method's parameters: which options they are, and what they get from a command line.
final class Parameters {
  private final List<Parameter> parameters;
  private volatile @Nullable List<CommandOption> options;

  Parameters(Method method) {
    parameters = List.of(method.getParameters());
  }

  // Read when a command is used: to read those of all commands was a third of the engine's start.
  List<CommandOption> options() {
    List<CommandOption> known = options;
    if (known == null) {
      known = options(parameters).toList();
      options = known;
    }
    return known;
  }

  /// One value for each parameter; throws [UsageException].
  @Nullable Object[] bind(CommandContext context) {
    var words =
        new ArrayList<>(
            context.parsedInput().arguments().stream().map(CommandArgument::value).toList());
    @Nullable Object[] values = new Object[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(parameters.get(i), context, words);
    }
    if (!words.isEmpty()) {
      throw new UsageException(
          Code.USAGE,
          "argument \"" + words.getFirst() + "\" is one too many",
          null,
          words.getFirst());
    }
    return values;
  }

  private @Nullable Object value(Parameter parameter, CommandContext context, List<String> words) {
    Class<?> type = parameter.getType();
    if (type == CommandContext.class) {
      return context;
    } else if (type == Session.class) {
      return Session.of(context);
    } else if (type == GlobalOptions.class) {
      return Session.of(context).globals();
    } else if (parameter.isAnnotationPresent(Option.class)) {
      return optionValue(parameter, context.parsedInput().options());
    } else if (type.isRecord()) {
      return record(type, context, words);
    } else if (parameter.isAnnotationPresent(Arguments.class)) {
      List<String> rest = List.copyOf(words);
      words.clear();
      return rest;
    }
    return argumentValue(parameter, words);
  }

  // Options that several commands have stand in a record, as they would stand in the method.
  private Object record(Class<?> type, CommandContext context, List<String> words) {
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    @Nullable Object[] values =
        Arrays.stream(constructor.getParameters())
            .map(component -> value(component, context, words))
            .toArray();
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException refused
          ? refused
          : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object optionValue(Parameter parameter, List<CommandOption> given) {
    Option option = Objects.requireNonNull(parameter.getAnnotation(Option.class));
    String name = name(parameter, option);
    var values = new ArrayList<>(Options.values(given, name));
    if (values.isEmpty() && option.required()) {
      throw new UsageException("option \"--" + name + "\" is required", null);
    }
    if (values.isEmpty() && !option.defaultValue().isEmpty()) {
      values.add(option.defaultValue());
    }
    if (parameter.getType() == List.class) {
      return List.copyOf(values);
    }
    return values.isEmpty()
        ? absent(parameter)
        : Values.convert("--" + name, values.getLast(), parameter.getType());
  }

  // A text that is not given is empty, unless the command tells the two apart.
  private static @Nullable Object absent(Parameter parameter) {
    boolean nullable = parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return parameter.getType() == String.class && !nullable
        ? ""
        : Values.absent(parameter.getType());
  }

  private static @Nullable Object argumentValue(Parameter parameter, List<String> words) {
    Argument argument =
        Objects.requireNonNull(
            parameter.getAnnotation(Argument.class), () -> "no annotation on " + parameter);
    String name = parameter.getName().toUpperCase(Locale.ROOT);
    if (!words.isEmpty()) {
      return Values.convert(name, words.removeFirst(), parameter.getType());
    }
    if (!argument.defaultValue().isEmpty()) {
      return Values.convert(name, argument.defaultValue(), parameter.getType());
    }
    if (parameter.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      return null;
    }
    throw new UsageException("argument " + name + " is missing", null);
  }

  private static Stream<CommandOption> options(List<Parameter> parameters) {
    return parameters.stream().flatMap(Parameters::option);
  }

  private static Stream<CommandOption> option(Parameter parameter) {
    if (parameter.getType().isRecord() && !parameter.isAnnotationPresent(Option.class)) {
      return options(List.of(parameter.getType().getDeclaredConstructors()[0].getParameters()));
    }
    return Arrays.stream(parameter.getAnnotationsByType(Option.class))
        .map(
            option ->
                new CommandOption(
                    option.shortName(),
                    name(parameter, option),
                    option.description(),
                    option.required(),
                    option.defaultValue(),
                    "",
                    parameter.getType()));
  }

  private static String name(Parameter parameter, Option option) {
    return option.longName().isEmpty() ? kebab(parameter.getName()) : option.longName();
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
