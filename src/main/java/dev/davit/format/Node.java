package dev.davit.format;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A part of a template, as text/template of Go has them.
sealed interface Node {
  record Text(String text) implements Node {}

  /// Prints a value, or gives a variable one.
  ///
  /// @param variable with its `$`
  record Print(Optional<String> variable, Pipeline pipeline) implements Node {}

  /// `if` and `with`; the latter makes the value the dot.
  record If(Pipeline condition, boolean moves, List<Node> then, List<Node> otherwise)
      implements Node {}

  /// @param variables none, that of the element, or those of the index and the element
  record Range(List<String> variables, Pipeline over, List<Node> body, List<Node> otherwise)
      implements Node {}

  /// Each call gets the value of the one before as its last argument.
  record Pipeline(List<Call> calls, Span span) {}

  /// A function with its arguments, or an operand alone.
  record Call(Operand first, List<Operand> arguments, Span span) {}

  sealed interface Operand {
    Span span();
  }

  record Literal(@Nullable Object value, Span span) implements Operand {}

  record Function(String name, Span span) implements Operand {}

  /// The dot, a variable or a pipeline in parentheses, and the fields asked of it.
  ///
  /// @param variable empty for the dot
  record Path(Optional<String> variable, List<Name> fields, Span span) implements Operand {}

  record Group(Pipeline pipeline, List<Name> fields, Span span) implements Operand {}

  record Name(String text, Span span) {}
}
