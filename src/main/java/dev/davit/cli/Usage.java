package dev.davit.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How a command takes its arguments, which Spring Shell's annotations cannot say.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Usage {
  /// The arguments as the usage line shows them: `[SERVICE...]`.
  String value();

  /// Whether all words after the first argument are arguments, as `exec` and `run` want it.
  boolean stopAtFirstArgument() default false;

  /// Whether the exit code is that of a program, which makes it 126 or 127 if that program cannot
  /// be executed or is not there.
  boolean endsAsProgram() default false;

  /// The exit code of what goes wrong before a program runs.
  int failure() default 1;
}
